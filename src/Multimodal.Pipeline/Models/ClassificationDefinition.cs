using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>Labels scored by a head: one out of several by softmax, or each for itself by sigmoid.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ClassificationDefinition : TaskDefinition, ILabelScoring
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "classification";

    /// <summary>The key of <see cref="Temperatures"/> for the methods that it does not name.</summary>
    public const string AnyMethod = "default";

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

    /// <summary>
    /// What the logits are divided by before the softmax, more than 0, by the method of fusion; <see cref="AnyMethod"/> stands for those
    /// not named. Null or not named: 1. Fitted on held-back data, it makes the confidence the share of right verdicts (Guo et al., "On
    /// calibration of modern neural networks", 2017); it changes no verdict.
    /// </summary>
    public IReadOnlyDictionary<string, double>? Temperatures { get; init; }

    /// <summary>The temperature after a method of fusion.</summary>
    public double TemperatureOf(string? method) =>
        Temperatures is null ? 1
        : method is not null && Temperatures.TryGetValue(method, out var own) ? own
        : Temperatures.TryGetValue(AnyMethod, out var any) ? any
        : 1;

    /// <summary>A label's probability before anything is known.</summary>
    public double PriorOf(string label) =>
        Priors is not null ? Priors[Labels.ToList().IndexOf(label)]
        : Activation == LabelActivation.Softmax ? 1.0 / Labels.Count
        : 0.5;
}
