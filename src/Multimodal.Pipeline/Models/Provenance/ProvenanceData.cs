using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models.Provenance;

/// <summary>A set of training data.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ProvenanceData
{
    /// <summary>Its name, and which part of it was used.</summary>
    public required string Name { get; init; }

    /// <summary>What it may be used under.</summary>
    public string? License { get; init; }

    /// <summary>Where it is from, or what made it.</summary>
    public string? Source { get; init; }

    /// <summary>SHA-256 in hexadecimal, by what it is of: a file, or files in an order that the name tells.</summary>
    public IReadOnlyDictionary<string, string> Sha256 { get; set; } = new Dictionary<string, string>();
}
