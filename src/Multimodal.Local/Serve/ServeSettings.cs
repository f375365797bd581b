namespace Multimodal.Local.Serve;

/// <summary>What a service is to do.</summary>
internal sealed record ServeSettings
{
    /// <summary>Where it listens unless told otherwise.</summary>
    public const string DefaultUrls = "http://127.0.0.1:7080";

    /// <summary>Where jobs lie unless told otherwise.</summary>
    public const string DefaultStorage = "file:storage";

    private const string FilePrefix = "file:";

    /// <summary>The addresses to listen on.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>The folder that jobs lie in.</summary>
    public required string Storage { get; init; }

    /// <summary>The pipeline of jobs that name none.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The folder of the model repository.</summary>
    public required string Models { get; init; }

    /// <summary>The addresses of <c>--urls</c> and <c>--port</c>.</summary>
    /// <exception cref="UsageException">Both are given.</exception>
    public static IReadOnlyList<string> ParseUrls(string? urls, int? port) => (urls, port) switch
    {
        (not null, not null) => throw new UsageException("--urls and --port exclude one another: name the port in --urls."),
        (not null, _) => urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        (_, { } number) => [$"http://127.0.0.1:{number}"],
        _ => [DefaultUrls],
    };

    /// <summary>The folder of <c>--storage</c>.</summary>
    /// <exception cref="UsageException">It is of another form.</exception>
    public static string ParseStorage(string storage) =>
        storage.StartsWith(FilePrefix, StringComparison.Ordinal) && storage.Length > FilePrefix.Length
            ? Path.GetFullPath(storage[FilePrefix.Length..])
            : throw new UsageException($"--storage must be file:DIR, not '{storage}'.");
}
