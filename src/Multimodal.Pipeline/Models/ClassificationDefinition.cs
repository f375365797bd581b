using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>Labels scored by a head: one out of several by softmax, or each for itself by sigmoid.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ClassificationDefinition : TaskDefinition, ILabelScoring
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "classification";

    /// <summary>
    /// The head's file, relative to the pipeline's folder: in ONNX, <c>embedding</c> [N,D] to <c>logits</c> [N,labels]; or in safetensors,
    /// <c>weight</c> [labels,D] and <c>bias</c> [labels] of a linear one.
    /// </summary>
    public required string Model { get; init; }

    /// <summary>The labels, in the order of the logits.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>
    /// Each label's probability before anything is known, in the order of <see cref="Labels"/>; with softmax they sum to 1. Null: all
    /// alike with softmax, 0.5 with sigmoid. Explanations start from it; verdicts do not depend on it.
    /// </summary>
    public IReadOnlyList<double>? Priors { get; init; }

    /// <inheritdoc/>
    public LabelActivation Activation { get; set; }

    /// <inheritdoc/>
    public double? Threshold { get; init; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double>? Thresholds { get; init; }

    /// <inheritdoc/>
    public int? TopK { get; init; }

    /// <summary>A label's probability before anything is known.</summary>
    public double PriorOf(string label) =>
        Priors is not null ? Priors[Labels.ToList().IndexOf(label)]
        : Activation == LabelActivation.Softmax ? 1.0 / Labels.Count
        : 0.5;
}
