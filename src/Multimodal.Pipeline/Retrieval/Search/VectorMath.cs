using System.Numerics;
using System.Runtime.InteropServices;

namespace Multimodal.Pipeline.Retrieval.Search;

/// <summary>Scores and norms in double precision, so that vectors are ranked alike whichever way they were found.</summary>
internal static class VectorMath
{
    /// <summary>
    /// The dot product of two vectors of one length. A product of two single-precision numbers is exact in double precision, so
    /// only the sum rounds: by less than n·2⁻⁵²·‖x‖·‖y‖, whatever its order (Higham, Accuracy and Stability of Numerical
    /// Algorithms, 2002, section 3.1).
    /// </summary>
    public static double Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var (sum, other) = (Vector<double>.Zero, Vector<double>.Zero);
        var xs = MemoryMarshal.Cast<float, Vector<float>>(x);
        var ys = MemoryMarshal.Cast<float, Vector<float>>(y[..x.Length]);
        for (var i = 0; i < xs.Length; i++)
        {
            Vector.Widen(xs[i], out var xLow, out var xHigh);
            Vector.Widen(ys[i], out var yLow, out var yHigh);
            sum += xLow * yLow;
            other += xHigh * yHigh;
        }

        var total = Vector.Sum(sum + other);
        for (var i = xs.Length * Vector<float>.Count; i < x.Length; i++)
        {
            total += (double)x[i] * y[i];
        }

        return total;
    }

    /// <summary>The Euclidean norm.</summary>
    public static double Norm(ReadOnlySpan<float> x) => Math.Sqrt(Dot(x, x));

    /// <summary>A copy of unit length, but for the rounding of its elements.</summary>
    public static float[] Normalise(ReadOnlySpan<float> x)
    {
        var norm = Norm(x);
        var unit = new float[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            unit[i] = (float)(x[i] / norm);
        }

        return unit;
    }

    /// <summary>A number of single precision that is not below this one, which is 0 or more.</summary>
    public static float RoundUp(double value)
    {
        var rounded = (float)value;
        return rounded < value ? MathF.BitIncrement(rounded) : rounded;
    }
}
