using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models;

/// <summary>How the embeddings of the modalities that are present become one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FusionDefinition
{
    /// <summary>The method's name: <c>weighted</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The weight of each modality, 0 or more; only their ratios matter. A modality not named has weight 1.</summary>
    public IReadOnlyDictionary<Modality, double> Weights { get; set; } = new Dictionary<Modality, double>();
}
