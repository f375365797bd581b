using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models;

/// <summary>How the embeddings of the modalities that are present become one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FusionDefinition
{
    /// <summary>The method's name, one of <see cref="Fusion.FusionMethods"/>; a job may ask for another.</summary>
    public required string Method { get; init; }

    /// <summary>The weight of each modality, 0 or more; only their ratios matter. A modality not named has weight 1.</summary>
    public IReadOnlyDictionary<Modality, double> Weights { get; set; } = new Dictionary<Modality, double>();

    /// <summary>How much certainty counts in <see cref="Fusion.FusionMethods.ConfidenceWeighted"/>, 0 (not at all) or more.</summary>
    public double CertaintyPower { get; set; } = 1;

    /// <summary>
    /// The ONNX files of learned methods, by the methods' names: <c>embeddings</c> [N,M,D] and <c>mask</c> [N,M] (1: present) to
    /// <c>fused</c> [N,D] and, where the method has shares, <c>weights</c> [N,M]. M counts the pipeline's encoders in the order image,
    /// text, audio.
    /// </summary>
    public IReadOnlyDictionary<string, string> Graphs { get; set; } = new Dictionary<string, string>();
}
