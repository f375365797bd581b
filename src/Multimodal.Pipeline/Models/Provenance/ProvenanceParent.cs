using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models.Provenance;

/// <summary>What a pipeline was made of.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ProvenanceParent
{
    /// <summary>The pipeline's name, or the model's at its hub: <c>owner/name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its version; of a model of a hub the commit.</summary>
    public string? Version { get; init; }

    /// <summary>The pipeline's digest: SHA-256 of its <c>pipeline.json</c> in hexadecimal; absent for a model of a hub.</summary>
    public string? Sha256 { get; init; }

    /// <summary>SHA-256 in hexadecimal of the files that were taken of a hub, by path.</summary>
    public IReadOnlyDictionary<string, string>? Files { get; init; }

    /// <summary>What was done with it, for people: <c>models optimize --format int8</c>.</summary>
    public string? Step { get; init; }
}
