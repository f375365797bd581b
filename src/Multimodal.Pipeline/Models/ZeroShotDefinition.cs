using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>
/// Labels that the job brings, or the pipeline's own, scored by how near their texts are: each label is put into each template, the
/// texts' embeddings are normalised, averaged and normalised again (Radford et al., "Learning Transferable Visual Models From Natural
/// Language Supervision", 2021); a label's logit is their cosine with the job's embedding × <see cref="LogitScale"/> + <see cref="LogitBias"/>.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ZeroShotDefinition : TaskDefinition, ILabelScoring
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "zero-shot";

    /// <summary>What stands for the label in a template.</summary>
    public const string Placeholder = "{}";

    /// <summary>The most templates.</summary>
    public const int MaximumTemplates = 100;

    /// <summary>The labels of jobs that bring none; null: every job must bring its own.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Texts with <see cref="Placeholder"/> in the place of the label.</summary>
    public IReadOnlyList<string> Templates { get; set; } = [Placeholder];

    /// <summary>What cosines are multiplied by, more than 0; the exponential of a model's <c>logit_scale</c>, 100 for CLIP.</summary>
    public double LogitScale { get; set; } = 100;

    /// <summary>What is added; SigLIP's <c>logit_bias</c>.</summary>
    public double LogitBias { get; set; }

    /// <summary>What holds in single spaces instead, by space: models differ in how near their texts lie.</summary>
    public IReadOnlyDictionary<string, ZeroShotSpace> Spaces { get; set; } = new Dictionary<string, ZeroShotSpace>();

    /// <inheritdoc/>
    public LabelActivation Activation { get; set; }

    /// <inheritdoc/>
    public double? Threshold { get; init; }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double>? Thresholds { get; init; }

    /// <inheritdoc/>
    public int? TopK { get; init; }

    /// <summary>The fewest labels: 2, or 1 where each is scored for itself.</summary>
    [JsonIgnore]
    public int MinimumLabels => Activation == LabelActivation.Sigmoid ? 1 : 2;

    /// <summary>What holds in a space, nothing of it left open.</summary>
    public (IReadOnlyList<string> Templates, double Scale, double Bias) In(string? space)
    {
        var own = space is null ? null : Spaces.GetValueOrDefault(space);
        return (own?.Templates ?? Templates, own?.LogitScale ?? LogitScale, own?.LogitBias ?? LogitBias);
    }
}
