using System.Reflection;
using Multimodal.Pipeline.Models.Recipes;

namespace Multimodal.Local.Repository;

/// <summary>Finds recipes: those of the model repository's folder <c>recipes</c> go before those that come with the program.</summary>
internal static class RecipeFinder
{
    private const string Folder = "recipes", Ending = ".json";

    /// <summary>The names of all, sorted.</summary>
    public static IReadOnlyList<string> List(string models) =>
    [
        .. OwnNames(models).Concat(BuiltIn().Select(resource => resource[(Folder.Length + 1)..^Ending.Length])).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>The recipe of a name.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    /// <exception cref="Pipeline.Models.PipelineException">It is malformed.</exception>
    public static PipelineRecipe Find(string models, string name)
    {
        var known = List(models);
        if (!known.Contains(name))
        {
            throw new UsageException($"There is no recipe '{name}'. There are: {string.Join(", ", known)}. A model of a hub is named hf:owner/name.");
        }

        var file = Path.Combine(models, Folder, name + Ending);
        return File.Exists(file)
            ? PipelineRecipe.Read(File.ReadAllBytes(file), file)
            : PipelineRecipe.Read(Read($"{Folder}/{name}{Ending}"), $"The recipe '{name}'");
    }

    private static IEnumerable<string> OwnNames(string models)
    {
        var folder = Path.Combine(models, Folder);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Ending).Select(file => Path.GetFileNameWithoutExtension(file)) : [];
    }

    private static IEnumerable<string> BuiltIn() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(resource => resource.StartsWith(Folder + "/", StringComparison.Ordinal));

    private static byte[] Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
