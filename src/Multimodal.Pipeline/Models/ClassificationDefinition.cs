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

    /// <summary>
    /// Each label's probability before anything is known, in the order of <see cref="Labels"/>; they sum to 1. Null: all alike.
    /// Explanations start from it; verdicts do not depend on it.
    /// </summary>
    public IReadOnlyList<double>? Priors { get; init; }

    /// <summary>A label's probability before anything is known.</summary>
    public double PriorOf(string label) =>
        Priors is null ? 1.0 / Labels.Count : Priors[Labels.ToList().IndexOf(label)];
}
