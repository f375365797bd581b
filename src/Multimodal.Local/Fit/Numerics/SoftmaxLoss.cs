using System.Numerics.Tensors;

namespace Multimodal.Local.Fit.Numerics;

/// <summary>Softmax and its loss in double.</summary>
internal static class SoftmaxLoss
{
    /// <summary>−log of the probability of the truth.</summary>
    public static double Of(ReadOnlySpan<double> logits, int truth, double temperature = 1)
    {
        var largest = TensorPrimitives.Max(logits);
        var sum = 0.0;
        foreach (var logit in logits)
        {
            sum += Math.Exp((logit - largest) / temperature);
        }

        return Math.Log(sum) - ((logits[truth] - largest) / temperature);
    }

    /// <summary>The probabilities.</summary>
    public static double[] Probabilities(ReadOnlySpan<double> logits, double temperature = 1)
    {
        var probabilities = new double[logits.Length];
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), probabilities);
        TensorPrimitives.Divide<double>(probabilities, temperature, probabilities);
        TensorPrimitives.SoftMax<double>(probabilities, probabilities);
        return probabilities;
    }
}
