using System.Globalization;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Provenance;

namespace Multimodal.Local.Repository;

/// <summary>Where a pipeline is from, for people.</summary>
internal static class ProvenanceText
{
    private const int ShownDigits = 12;

    /// <summary>In a few words: what it was made of, else that it was trained, and when.</summary>
    public static string Brief(PipelineProvenance? provenance) => provenance switch
    {
        null => "–",
        { Parents: [var parent, ..] parents } => Clean($"{parent.Step ?? "made"} of {parent.Name}{(parent.Version is { Length: > 0 } version ? $" {Short(version)}" : "")}{(parents.Count > 1 ? $" and {parents.Count - 1} more" : "")}"),
        { Date: { } date } => string.Create(CultureInfo.InvariantCulture, $"trained {date:yyyy-MM-dd}"),
        _ => "trained",
    };

    /// <summary>Line by line; the scripts are compared with those that are there.</summary>
    public static IEnumerable<string> Lines(ModelFolder folder) => Tell(folder).Select(Clean);

    private static IEnumerable<string> Tell(ModelFolder folder)
    {
        if (folder.Definition.Provenance is not { } provenance)
        {
            yield return "Provenance: nothing is said of it.";
            yield break;
        }

        foreach (var parent in provenance.Parents)
        {
            yield return $"Made of: {parent.Name}{(parent.Version is { } version ? $" {version}" : "")}{(parent.Sha256 is { } digest ? $", digest {digest}" : "")}{(parent.Step is { } step ? $", by {step}" : "")}";
        }

        foreach (var data in provenance.Data)
        {
            yield return $"Trained on: {string.Join("; ", new[] { data.Name, data.License, data.Source }.OfType<string>())}";
        }

        foreach (var scripts in provenance.Scripts)
        {
            yield return $"By the scripts in {scripts.Folder}: {scripts.Sha256}, {Compare(folder, scripts)}";
        }

        if (provenance.Seeds.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Seeds: {string.Join(", ", provenance.Seeds.Select(seed => $"{seed.Key} {seed.Value}"))}");
        }

        if (provenance.Versions.Count > 0)
        {
            yield return $"With: {string.Join(", ", provenance.Versions.Select(version => $"{version.Key} {version.Value}"))}";
        }
    }

    private static string Compare(ModelFolder folder, ProvenanceScripts scripts)
    {
        try
        {
            return string.Equals(ScriptDigest.Of(Path.Combine(folder.Path, scripts.Folder), scripts.Files), scripts.Sha256, StringComparison.OrdinalIgnoreCase)
                ? "as they lie there"
                : "which have changed since";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "which are not there";
        }
    }

    // Whoever wrote the definition may be anybody: nothing of it steers a terminal.
    private static string Clean(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));

    private static string Short(string version) => version.Length > ShownDigits ? version[..ShownDigits] : version;
}
