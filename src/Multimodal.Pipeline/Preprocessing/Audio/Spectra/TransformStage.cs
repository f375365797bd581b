using System.Numerics;

namespace Multimodal.Pipeline.Preprocessing.Audio.Spectra;

/// <summary>One pass of a Fourier transform: butterflies of one radix over the whole.</summary>
internal sealed class TransformStage<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <param name="radix">2 or more; 2, 3, 4 and 5 are the fast ones.</param>
    /// <param name="length">Length of the transforms that are left at this pass.</param>
    /// <param name="stride">How many of them are interleaved.</param>
    public TransformStage(int radix, int length, int stride)
    {
        Radix = radix;
        Count = length / radix;
        Stride = stride;
        Twiddles = new T[Count * (radix - 1) * 2];
        Roots = new T[radix * 2];
        for (var p = 0; p < Count; p++)
        {
            for (var j = 1; j < radix; j++)
            {
                Set(Twiddles, (p * (radix - 1)) + j - 1, p * j, length);
            }
        }

        for (var k = 0; k < radix; k++)
        {
            Set(Roots, k, k, radix);
        }
    }

    public int Radix { get; }

    /// <summary>Butterflies of one transform.</summary>
    public int Count { get; }

    public int Stride { get; }

    /// <summary>e^(-2πi·p·j/length) for butterfly p and its output j from 1 on: real part, imaginary part.</summary>
    public T[] Twiddles { get; }

    /// <summary>e^(-2πi·k/radix): real part, imaginary part.</summary>
    public T[] Roots { get; }

    private static void Set(T[] target, int index, long numerator, int denominator)
    {
        var angle = -2 * Math.PI * (numerator % denominator) / denominator;
        target[2 * index] = T.CreateTruncating(Math.Cos(angle));
        target[(2 * index) + 1] = T.CreateTruncating(Math.Sin(angle));
    }
}
