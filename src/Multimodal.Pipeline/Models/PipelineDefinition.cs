using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models.Provenance;

namespace Multimodal.Pipeline.Models;

/// <summary>A pipeline as <c>pipeline.json</c> declares it: encoders, fusion and tasks.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PipelineDefinition
{
    /// <summary>The version of the file's own format that this code reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The version of the file's own format.</summary>
    public required int Schema { get; init; }

    /// <summary>The pipeline's name: the name of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>The pipeline's version.</summary>
    public required string Version { get; init; }

    /// <summary>One sentence for people.</summary>
    public string Description { get; set; } = "";

    /// <summary>The encoders, by modality.</summary>
    public required IReadOnlyDictionary<Modality, EncoderDefinition> Encoders { get; init; }

    /// <summary>
    /// Text encoders for what is said to the pipeline itself (labels, queries), by space, where that space is not that of the encoder of
    /// texts.
    /// </summary>
    public IReadOnlyDictionary<string, EncoderDefinition> LabelEncoders { get; set; } = new Dictionary<string, EncoderDefinition>();

    /// <summary>How embeddings are fused.</summary>
    public required FusionDefinition Fusion { get; init; }

    /// <summary>What is done with the fused embedding, in order. Empty: a job's result is its embeddings.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    /// <summary>SHA-256, in lower-case hexadecimal, of every file that the pipeline loads.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>Where its weights come from; null where nothing is said of it.</summary>
    public PipelineProvenance? Provenance { get; init; }
}
