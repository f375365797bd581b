namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>How a picture is decoded.</summary>
public sealed record ImageDecoding
{
    /// <summary>The whole picture, its colours converted to sRGB.</summary>
    public static ImageDecoding Default { get; } = new();

    /// <summary>
    /// Whether embedded profiles of RGB and grey pictures are converted to sRGB. If not, their numbers are taken as they are stored, and
    /// 16 bits become the upper 8, as Pillow's <c>convert("RGB")</c> does it. CMYK and Lab are converted in any case.
    /// </summary>
    public bool ConvertProfiles { get; init; } = true;

    /// <summary>
    /// The least width that is enough, as stored, in pixels; 0: the whole width is wanted. Where both least sides are given, a decoder
    /// that can do so for less work than the whole gives the picture reduced, no side below its least.
    /// </summary>
    public int LeastWidth { get; init; }

    /// <summary>The least height that is enough, as <see cref="LeastWidth"/>.</summary>
    public int LeastHeight { get; init; }

    /// <summary>The least share of a picture's sides that is enough, above 0 and up to 1.</summary>
    public double ShareOf(int width, int height) =>
        LeastWidth > 0 && LeastHeight > 0 ? Math.Min(Math.Max((double)LeastWidth / width, (double)LeastHeight / height), 1) : 1;

    /// <summary>The greatest of the divisors 1, 2, 4 and 8 that leaves enough of a picture of this size.</summary>
    public int DivisorOf(int width, int height)
    {
        var divisor = 1;
        while (LeastWidth > 0 && LeastHeight > 0 && divisor < 8 &&
            width / (divisor * 2) >= LeastWidth && height / (divisor * 2) >= LeastHeight)
        {
            divisor *= 2;
        }

        return divisor;
    }
}
