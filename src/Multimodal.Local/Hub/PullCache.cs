namespace Multimodal.Local.Hub;

/// <summary>Where what is fetched lies until it is whole: a folder for each commit of each model.</summary>
internal static class PullCache
{
    public const string Variable = "MULTIMODAL_CACHE";

    /// <summary>The folder of a commit.</summary>
    public static string FolderOf(string? given, HubSource source, string commit) =>
        Path.Combine(Root(given), "pulls", $"{source.Owner}--{source.Name}", commit);

    private static string Root(string? given) =>
        (given ?? Environment.GetEnvironmentVariable(Variable)) is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "multimodal");
}
