namespace Multimodal.Local.Serve.Settings;

/// <summary>Where jobs lie: a folder, or a storage account.</summary>
/// <param name="Folder">The folder's full path; null for the storage account that the configuration names.</param>
internal sealed record StorageChoice(string? Folder)
{
    /// <summary>Where jobs lie unless told otherwise.</summary>
    public const string Default = "file:storage";

    private const string FilePrefix = "file:";
    private const string AzureName = "azure";

    /// <summary>Reads <c>--storage</c>.</summary>
    /// <exception cref="UsageException">It is of another form.</exception>
    public static StorageChoice Parse(string text) => text switch
    {
        AzureName => new StorageChoice((string?)null),
        _ when text.StartsWith(FilePrefix, StringComparison.Ordinal) && text.Length > FilePrefix.Length =>
            new StorageChoice(Path.GetFullPath(text[FilePrefix.Length..])),
        _ => throw new UsageException($"--storage must be file:DIR or azure, not '{text}'."),
    };
}
