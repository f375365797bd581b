using System.Numerics.Tensors;
using Multimodal.Local.Fit.Numerics;

namespace Multimodal.Local.Fit;

/// <summary>
/// Fits a linear head, and the weights of fusion with it: multinomial logistic regression on F(x) = Σ w<sub>m</sub> e<sub>m</sub> / Σ w<sub>m</sub>,
/// over the modalities m that a job has. What is minimised is the mean negative log-likelihood + λ/2 ‖W‖² + μ/2 ‖log w‖²; biases are free.
/// </summary>
internal sealed class HeadFitter(int labels, int modalities, bool fitsFusion)
{
    // Weak: it settles what the data say nothing of.
    private const double FusionPenalty = 1e-3;
    private const double Tolerance = 1e-5;
    private const int Iterations = 300;

    /// <summary>Fits.</summary>
    /// <param name="items">The jobs; one or more.</param>
    /// <param name="penalty">λ, 0 or more.</param>
    /// <param name="start">Where it begins; null: at nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public FittedHead Fit(IReadOnlyList<FitItem> items, double penalty, FittedHead? start = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        var dimensions = items[0].Embeddings.First(embedding => embedding is not null)!.Length;
        var point = new double[(labels * (dimensions + 1)) + modalities];
        if (start is not null)
        {
            for (var label = 0; label < labels; label++)
            {
                start.Weights[label].CopyTo(point, label * dimensions);
            }

            start.Biases.CopyTo(point, labels * dimensions);
            Array.ConvertAll(start.FusionWeights, weight => Math.Log(weight)).CopyTo(point, labels * (dimensions + 1));
        }

        var loss = new Loss(items, penalty, labels, modalities, dimensions, fitsFusion);
        return ToHead(Lbfgs.Minimise(loss.Evaluate, point, Tolerance, Iterations, cancellationToken), dimensions);
    }

    private FittedHead ToHead(double[] point, int dimensions)
    {
        var fusion = point.AsSpan(labels * (dimensions + 1)).ToArray().Select(Math.Exp).ToArray();
        var mean = fusion.Average();
        return new FittedHead(
            [.. fusion.Select(weight => weight / mean)],
            [.. Enumerable.Range(0, labels).Select(label => point.AsSpan(label * dimensions, dimensions).ToArray())],
            point.AsSpan(labels * dimensions, labels).ToArray());
    }

    private sealed class Loss(IReadOnlyList<FitItem> items, double penalty, int labels, int modalities, int dimensions, bool fitsFusion)
    {
        private readonly double[] _fused = new double[dimensions];
        private readonly double[] _pull = new double[dimensions];
        private readonly double[] _difference = new double[dimensions];
        private readonly double[] _logits = new double[labels];

        public double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
        {
            gradient.Clear();
            var weights = point[..(labels * dimensions)];
            var fusion = point[(labels * (dimensions + 1))..];
            var value = 0.0;
            foreach (var item in items)
            {
                value += Add(item, weights, point.Slice(labels * dimensions, labels), fusion, gradient);
            }

            value /= items.Count;
            TensorPrimitives.Divide(gradient, items.Count, gradient);
            TensorPrimitives.MultiplyAdd(weights, penalty, gradient[..weights.Length], gradient[..weights.Length]);
            if (fitsFusion)
            {
                var own = gradient[^modalities..];
                TensorPrimitives.MultiplyAdd(fusion, FusionPenalty, own, own);
            }

            return value + (penalty / 2 * TensorPrimitives.Dot(weights, weights)) + (FusionPenalty / 2 * TensorPrimitives.Dot(fusion, fusion));
        }

        private double Add(FitItem item, ReadOnlySpan<double> weights, ReadOnlySpan<double> biases, ReadOnlySpan<double> fusion, Span<double> gradient)
        {
            var sum = 0.0;
            for (var m = 0; m < modalities; m++)
            {
                sum += item.Embeddings[m] is null ? 0 : Math.Exp(fusion[m]);
            }

            Array.Clear(_fused);
            for (var m = 0; m < modalities; m++)
            {
                if (item.Embeddings[m] is { } embedding)
                {
                    TensorPrimitives.MultiplyAdd(embedding, Math.Exp(fusion[m]) / sum, _fused, _fused);
                }
            }

            for (var label = 0; label < labels; label++)
            {
                _logits[label] = TensorPrimitives.Dot(weights.Slice(label * dimensions, dimensions), _fused) + biases[label];
            }

            var loss = SoftmaxLoss.Of(_logits, item.Truth);
            var errors = SoftmaxLoss.Probabilities(_logits);
            errors[item.Truth] -= 1;
            Array.Clear(_pull);
            for (var label = 0; label < labels; label++)
            {
                var own = gradient.Slice(label * dimensions, dimensions);
                TensorPrimitives.MultiplyAdd(_fused, errors[label], own, own);
                gradient[(labels * dimensions) + label] += errors[label];
                TensorPrimitives.MultiplyAdd(weights.Slice(label * dimensions, dimensions), errors[label], _pull, _pull);
            }

            if (fitsFusion)
            {
                AddFusion(item, fusion, sum, gradient[^modalities..]);
            }

            return loss;
        }

        // ∂F/∂ log w_m = share_m · (e_m − F).
        private void AddFusion(FitItem item, ReadOnlySpan<double> fusion, double sum, Span<double> gradient)
        {
            for (var m = 0; m < modalities; m++)
            {
                if (item.Embeddings[m] is { } embedding)
                {
                    TensorPrimitives.Subtract<double>(embedding, _fused, _difference);
                    gradient[m] += Math.Exp(fusion[m]) / sum * TensorPrimitives.Dot<double>(_difference, _pull);
                }
            }
        }
    }
}
