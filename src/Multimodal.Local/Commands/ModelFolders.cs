namespace Multimodal.Local.Commands;

/// <summary>Finds the model repository.</summary>
internal static class ModelFolders
{
    /// <summary>The variable that names it.</summary>
    public const string Variable = "MULTIMODAL_MODELS";

    private const string Name = "models";

    /// <exception cref="UsageException">There is none.</exception>
    public static string Find(string? given)
    {
        if ((given ?? Environment.GetEnvironmentVariable(Variable)) is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : throw new UsageException($"The model repository '{named}' does not exist.");
        }

        return FindAbove(Environment.CurrentDirectory)
            ?? FindAbove(AppContext.BaseDirectory)
            ?? throw new UsageException($"No folder '{Name}' was found here or above. Name one by --models or {Variable}.");
    }

    /// <summary>As <see cref="Find"/>; one that is named, or none at all, is made.</summary>
    public static string FindOrMake(string? given) =>
        (given ?? Environment.GetEnvironmentVariable(Variable)) is { Length: > 0 } named
            ? Directory.CreateDirectory(named).FullName
            : FindAbove(Environment.CurrentDirectory) ?? FindAbove(AppContext.BaseDirectory) ?? Directory.CreateDirectory(Name).FullName;

    private static string? FindAbove(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var models = Path.Combine(folder.FullName, Name);
            if (Directory.Exists(models) && Directory.EnumerateDirectories(models).Any(pipeline => File.Exists(Path.Combine(pipeline, "pipeline.json"))))
            {
                return models;
            }
        }

        return null;
    }
}
