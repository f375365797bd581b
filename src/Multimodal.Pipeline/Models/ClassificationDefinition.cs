using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>One label out of several: softmax over the logits of a head.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ClassificationDefinition : TaskDefinition
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "classification";

    /// <summary>The head's ONNX file, relative to the pipeline's folder: <c>embedding</c> [N,D] to <c>logits</c> [N,labels].</summary>
    public required string Model { get; init; }

    /// <summary>The labels, in the order of the logits.</summary>
    public required IReadOnlyList<string> Labels { get; init; }
}
