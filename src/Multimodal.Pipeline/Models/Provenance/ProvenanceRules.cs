namespace Multimodal.Pipeline.Models.Provenance;

/// <summary>The rules that a provenance keeps beyond its JSON shape.</summary>
internal static class ProvenanceRules
{
    private const int HashLength = 64;

    public static IEnumerable<string> FindFaults(PipelineDefinition definition)
    {
        if (definition.Provenance is not { } provenance)
        {
            yield break;
        }

        var hashes = provenance.Data.SelectMany(data => data.Sha256.Select(pair => (Of: $"of '{data.Name}', {pair.Key},", Hash: pair.Value)))
            .Concat(provenance.Scripts.Select(scripts => (Of: $"of the scripts in '{scripts.Folder}'", Hash: scripts.Sha256)))
            .Concat(provenance.Parents.Where(parent => parent.Sha256 is not null).Select(parent => (Of: $"of the parent '{parent.Name}'", Hash: parent.Sha256!)))
            .Concat(provenance.Parents.SelectMany(parent => (parent.Files ?? new Dictionary<string, string>()).Select(pair => (Of: $"of the parent '{parent.Name}', {pair.Key},", Hash: pair.Value))));
        foreach (var (of, hash) in hashes.Where(pair => pair.Hash.Length != HashLength || !pair.Hash.All(char.IsAsciiHexDigit)))
        {
            yield return $"the provenance's SHA-256 {of} is '{hash}', which is not {HashLength} hexadecimal digits.";
        }

        foreach (var scripts in provenance.Scripts.Where(scripts => !IsFolder(scripts.Folder) || scripts.Files?.All(IsFile) == false))
        {
            yield return $"the provenance's scripts in '{scripts.Folder}' must lie in the pipeline's folder or in one beside it, and be named by their names alone.";
        }
    }

    // Scripts are read where a pipeline is looked at, so that what names them leads nowhere else.
    private static bool IsFolder(string folder) =>
        !folder.Contains('\\', StringComparison.Ordinal) && !folder.Contains(':', StringComparison.Ordinal)
        && folder.Split('/') is var parts && parts.Index().All(part => part.Item is not ("" or ".") && (part.Item != ".." || part.Index == 0))
        && parts[^1] != "..";

    private static bool IsFile(string file) =>
        file.EndsWith(".py", StringComparison.Ordinal) && file.IndexOfAny(['/', '\\', ':']) < 0;
}
