namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>The kernel of <see cref="PillowResampler"/>.</summary>
public enum ResamplingFilter
{
    /// <summary>Triangle of radius 1.</summary>
    Bilinear,

    /// <summary>Cubic convolution with a = -0.5 (Keys 1981), radius 2.</summary>
    Bicubic,

    /// <summary>Sinc windowed by its own main lobe, radius 3.</summary>
    Lanczos,
}
