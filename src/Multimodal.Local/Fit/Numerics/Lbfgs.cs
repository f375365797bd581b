using System.Numerics.Tensors;

namespace Multimodal.Local.Fit.Numerics;

/// <summary>
/// Minimises a smooth function by limited-memory BFGS (D. C. Liu and J. Nocedal, "On the limited memory BFGS method for large scale
/// optimization", 1989), with steps that are halved until they go down enough (Armijo's condition).
/// </summary>
internal static class Lbfgs
{
    private const int Memory = 10, MaximumHalvings = 40;
    private const double EnoughDescent = 1e-4;

    /// <summary>The function's value at a point; its gradient is written into the second argument.</summary>
    internal delegate double Function(ReadOnlySpan<double> point, Span<double> gradient);

    /// <summary>Minimises.</summary>
    /// <param name="function">The function.</param>
    /// <param name="start">Where it begins; it is not changed.</param>
    /// <param name="tolerance">It ends where no part of the gradient is greater than this.</param>
    /// <param name="iterations">It ends after so many steps.</param>
    /// <param name="cancellationToken">Ends it between steps.</param>
    /// <returns>The point.</returns>
    public static double[] Minimise(Function function, double[] start, double tolerance, int iterations, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(start);
        var n = start.Length;
        var (point, gradient, next, nextGradient, direction) = ((double[])start.Clone(), new double[n], new double[n], new double[n], new double[n]);
        var pairs = new Queue<(double[] Step, double[] Change, double Scale)>();
        var value = function(point, gradient);
        for (var i = 0; i < iterations && TensorPrimitives.MaxMagnitude<double>(gradient) is var steepest && Math.Abs(steepest) > tolerance; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            FindDirection(gradient, pairs, direction);
            var slope = TensorPrimitives.Dot<double>(gradient, direction);
            if (slope >= 0)
            {
                // What is remembered misleads: straight down.
                pairs.Clear();
                TensorPrimitives.Negate<double>(gradient, direction);
                slope = -TensorPrimitives.Dot<double>(gradient, gradient);
            }

            var length = pairs.Count == 0 ? 1 / Math.Max(1, TensorPrimitives.Norm<double>(gradient)) : 1;
            if (Step(function, point, direction, value, slope, length, next, nextGradient) is not { } lower)
            {
                break;
            }

            Remember(pairs, point, next, gradient, nextGradient);
            value = lower;
            (point, next) = (next, point);
            (gradient, nextGradient) = (nextGradient, gradient);
        }

        return point;
    }

    private static double? Step(
        Function function, double[] point, double[] direction, double value, double slope, double length, double[] next, double[] nextGradient)
    {
        for (var i = 0; i < MaximumHalvings; i++, length /= 2)
        {
            TensorPrimitives.MultiplyAdd(direction, length, point, next);
            var reached = function(next, nextGradient);
            if (double.IsFinite(reached) && reached <= value + (EnoughDescent * length * slope))
            {
                return reached;
            }
        }

        // As low as numbers tell apart.
        return null;
    }

    private static void Remember(Queue<(double[] Step, double[] Change, double Scale)> pairs, double[] point, double[] next, double[] gradient, double[] nextGradient)
    {
        var (step, change) = (new double[point.Length], new double[point.Length]);
        TensorPrimitives.Subtract<double>(next, point, step);
        TensorPrimitives.Subtract<double>(nextGradient, gradient, change);
        var curvature = TensorPrimitives.Dot<double>(step, change);

        // Without curvature along the step there is nothing to learn of it.
        if (curvature > 1e-12 * TensorPrimitives.Dot<double>(change, change))
        {
            pairs.Enqueue((step, change, 1 / curvature));
            if (pairs.Count > Memory)
            {
                pairs.Dequeue();
            }
        }
    }

    // The two loops: what is remembered of the curvature, applied to the gradient.
    private static void FindDirection(double[] gradient, Queue<(double[] Step, double[] Change, double Scale)> pairs, double[] direction)
    {
        TensorPrimitives.Negate<double>(gradient, direction);
        if (pairs.Count == 0)
        {
            return;
        }

        var kept = pairs.ToArray();
        var shares = new double[kept.Length];
        for (var i = kept.Length - 1; i >= 0; i--)
        {
            shares[i] = kept[i].Scale * TensorPrimitives.Dot<double>(kept[i].Step, direction);
            TensorPrimitives.MultiplyAdd(kept[i].Change, -shares[i], direction, direction);
        }

        var (_, last, scale) = kept[^1];
        TensorPrimitives.Divide(direction, scale * TensorPrimitives.Dot<double>(last, last), direction);
        for (var i = 0; i < kept.Length; i++)
        {
            var share = kept[i].Scale * TensorPrimitives.Dot<double>(kept[i].Change, direction);
            TensorPrimitives.MultiplyAdd(kept[i].Step, shares[i] - share, direction, direction);
        }
    }
}
