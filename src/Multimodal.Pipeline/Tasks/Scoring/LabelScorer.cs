using System.Numerics.Tensors;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Tasks.Scoring;

/// <summary>Makes ranked scores of logits, as a task declares it.</summary>
internal sealed class LabelScorer(ILabelScoring definition)
{
    private const double DefaultThreshold = 0.5;

    /// <summary>The labels, best first, and which of them reach their thresholds.</summary>
    /// <param name="labels">The labels, in the order of the logits.</param>
    /// <param name="parts">The logits of each part of the verdict, finite, and its share.</param>
    public (IReadOnlyList<LabelScore> Scores, IReadOnlyList<string>? Reached) Score(
        IReadOnlyList<string> labels, IReadOnlyList<(double[] Logits, double Share)> parts)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(parts);
        var sum = new double[labels.Count];
        foreach (var (logits, share) in parts)
        {
            TensorPrimitives.MultiplyAdd(Activate(logits), share, sum, sum);
        }

        // By the logits where there is one part: they tell apart what rounds to the same score.
        var order = parts.Count == 1 ? parts[0].Logits : sum;
        LabelScore[] scores =
        [
            .. Enumerable.Range(0, sum.Length)
                .OrderByDescending(i => order[i])
                .Select(i => new LabelScore(labels[i], Math.Clamp(sum[i], 0, 1))),
        ];
        return (scores, Reached(scores));
    }

    /// <summary>Probabilities that sum to 1.</summary>
    public static double[] SoftMax(double[] logits)
    {
        // The largest logit is taken off first, so that no exponential overflows.
        var scores = new double[logits.Length];
        TensorPrimitives.Subtract<double>(logits, TensorPrimitives.Max<double>(logits), scores);
        TensorPrimitives.SoftMax<double>(scores, scores);
        return scores;
    }

    private double[] Activate(double[] logits)
    {
        if (definition.Activation == LabelActivation.Softmax)
        {
            return SoftMax(logits);
        }

        var scores = new double[logits.Length];
        TensorPrimitives.Sigmoid<double>(logits, scores);
        return scores;
    }

    private List<string>? Reached(LabelScore[] scores)
    {
        var common = definition.Threshold ?? (definition.Activation == LabelActivation.Sigmoid ? DefaultThreshold : null);
        return common is null && definition.Thresholds is null
            ? null
            : [.. scores.Where(score => score.Score >= ThresholdOf(score.Label)).Select(score => score.Label)];

        double ThresholdOf(string label) =>
            definition.Thresholds?.TryGetValue(label, out var own) == true ? own : common ?? double.PositiveInfinity;
    }
}
