namespace Multimodal.Testing;

/// <summary>Where tests find the repository and the data that stays out of it.</summary>
public static class TestPaths
{
    /// <summary>The repository's root: the folder of the solution that the running tests were built in.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The model repository, <c>models/</c>.</summary>
    public static string Models => Path.Combine(Repository, "models");

    /// <summary>The data folder's path below it; the test is skipped where the folder is absent.</summary>
    public static string Data(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("MULTIMODAL_DATA") is { Length: > 0 } given
            ? given
            : Path.Combine(Repository, "..", "shared", "data");
        Requirements.Need("data", Directory.Exists(root), "set MULTIMODAL_DATA to the folder with mnist/, fsdd/ and images/.");
        return Path.Combine([root, .. parts]);
    }

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Multimodal.Functions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not lie within the repository.");
    }
}
