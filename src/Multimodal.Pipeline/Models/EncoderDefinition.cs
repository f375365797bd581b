using System.Text.Json.Serialization;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Pipeline.Models;

/// <summary>One modality's encoder.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EncoderDefinition
{
    /// <summary>The ONNX file, relative to the pipeline's folder.</summary>
    public required string Model { get; init; }

    /// <summary>The length of its embeddings.</summary>
    public required int Dimensions { get; init; }

    /// <summary>The model's output that the embeddings are made of.</summary>
    public string Output { get; set; } = "embedding";

    /// <summary>
    /// The name of the space that its embeddings lie in: those of one space may be compared and fused. Null: the pipeline's shared space.
    /// </summary>
    public string? Space { get; init; }

    /// <summary>What makes one embedding of that output.</summary>
    public Pooling Pooling { get; set; } = Pooling.None;

    /// <summary>Whether embeddings are divided by their Euclidean length.</summary>
    public bool Normalize { get; set; }

    /// <summary>The token id that shorter texts of a batch are filled up with.</summary>
    public long PadId { get; set; }

    /// <summary>
    /// The usual extent of the axes that the model leaves free, 1 or more: tokens of a text, frames of a recording, pixels of a side. The
    /// encoder is warmed up and measured at it. Null: 32 tokens, 300 frames, 224 pixels.
    /// </summary>
    public int? TypicalLength { get; set; }

    /// <summary>
    /// A file of inputs and the embeddings that they must give, in safetensors; a host that computes others is not ready. Null: none.
    /// </summary>
    public string? Reference { get; set; }

    /// <summary>
    /// The least cosine to its references that is asked of it, more than 0 and at most 1: less than usual for weights of fewer bits than
    /// those that the references were made with. Null: <see cref="Parity.ParityReport.Threshold"/>.
    /// </summary>
    public double? ReferenceCosine { get; init; }

    /// <summary>How it also writes down what is said, where it takes recordings and recognises speech; null: it does not.</summary>
    public TranscriptionSettings? Transcription { get; init; }

    /// <summary>How its inputs are made.</summary>
    public required PreprocessingSettings Preprocessing { get; init; }
}
