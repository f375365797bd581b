namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>The kernel of <see cref="PillowResampler"/>; the numbers are those of Pillow's <c>Image.Resampling</c>.</summary>
public enum ResamplingFilter
{
    /// <summary>The input pixel under the centre of the output pixel; nothing is averaged.</summary>
    Nearest = 0,

    /// <summary>Sinc windowed by its own main lobe, radius 3.</summary>
    Lanczos = 1,

    /// <summary>Triangle of radius 1.</summary>
    Bilinear = 2,

    /// <summary>Cubic convolution with a = -0.5 (Keys 1981), radius 2.</summary>
    Bicubic = 3,

    /// <summary>The mean of what an output pixel covers.</summary>
    Box = 4,

    /// <summary>Sinc with a Hamming window, radius 1.</summary>
    Hamming = 5,
}
