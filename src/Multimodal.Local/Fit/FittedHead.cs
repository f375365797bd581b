using System.Numerics.Tensors;

namespace Multimodal.Local.Fit;

/// <summary>A linear head on weighted fusion.</summary>
/// <param name="FusionWeights">The weight of each modality, more than 0; their mean is 1.</param>
/// <param name="Weights">A row for each label, of the embedding's length.</param>
/// <param name="Biases">One for each label.</param>
internal sealed record FittedHead(double[] FusionWeights, double[][] Weights, double[] Biases)
{
    /// <summary>The logits of an item.</summary>
    public double[] Logits(FitItem item)
    {
        var fused = Fuse(item);
        return [.. Weights.Select((row, label) => TensorPrimitives.Dot<double>(row, fused) + Biases[label])];
    }

    /// <summary>The same with confidences that are as cautious as the temperature asks for.</summary>
    public FittedHead At(double temperature) => this with
    {
        Weights = [.. Weights.Select(row => row.Select(weight => weight / temperature).ToArray())],
        Biases = [.. Biases.Select(bias => bias / temperature)],
    };

    private double[] Fuse(FitItem item)
    {
        var present = item.Embeddings.Index().Where(pair => pair.Item is not null).ToList();
        var sum = present.Sum(pair => FusionWeights[pair.Index]);
        var fused = new double[present[0].Item!.Length];
        foreach (var (modality, embedding) in present)
        {
            TensorPrimitives.MultiplyAdd(embedding!, FusionWeights[modality] / sum, fused, fused);
        }

        return fused;
    }
}
