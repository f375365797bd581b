namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>The kernels, as functions of the distance in output or input pixels, whichever are larger.</summary>
internal static class ResamplingKernel
{
    /// <summary>Half of the kernel's width.</summary>
    public static double Radius(ResamplingFilter filter) => filter switch
    {
        ResamplingFilter.Box => 0.5,
        ResamplingFilter.Bilinear or ResamplingFilter.Hamming => 1,
        ResamplingFilter.Bicubic => 2,
        ResamplingFilter.Lanczos => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "No kernel is known for this filter."),
    };

    /// <summary>The kernel at a distance.</summary>
    public static double At(ResamplingFilter filter, double x) => filter switch
    {
        ResamplingFilter.Box => x is > -0.5 and <= 0.5 ? 1 : 0,
        ResamplingFilter.Bilinear => Bilinear(Math.Abs(x)),
        ResamplingFilter.Hamming => Hamming(Math.Abs(x)),
        ResamplingFilter.Bicubic => Bicubic(Math.Abs(x)),
        _ => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0,
    };

    private static double Bilinear(double x) => x < 1 ? 1 - x : 0;

    private static double Hamming(double x)
    {
        if (x == 0)
        {
            return 1;
        }

        if (x >= 1)
        {
            return 0;
        }

        // The window's numbers are of single precision in the reference.
        x *= Math.PI;
        return Math.Sin(x) / x * (0.54f + (0.46f * Math.Cos(x)));
    }

    // The grouping of the products decides the last bit, and with it the rounding of a coefficient.
    private static double Bicubic(double x)
    {
        const double A = -0.5;
        return x < 1 ? ((((A + 2) * x) - (A + 3)) * x * x) + 1
            : x < 2 ? (((((x - 5) * x) + 8) * x) - 4) * A
            : 0;
    }

    private static double Sinc(double x)
    {
        if (x == 0)
        {
            return 1;
        }

        x *= Math.PI;
        return Math.Sin(x) / x;
    }
}
