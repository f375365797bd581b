using System.Text.Json.Serialization;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Models;

/// <summary>One modality's encoder.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EncoderDefinition
{
    /// <summary>The ONNX file, relative to the pipeline's folder.</summary>
    public required string Model { get; init; }

    /// <summary>The length of its embeddings.</summary>
    public required int Dimensions { get; init; }

    /// <summary>How its inputs are made.</summary>
    public required PreprocessingSettings Preprocessing { get; init; }
}
