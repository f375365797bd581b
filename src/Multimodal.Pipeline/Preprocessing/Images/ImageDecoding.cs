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
    /// that can do so for less work than the whole gives the picture reduced by 2, 4 or 8, no side below its least.
    /// </summary>
    public int LeastWidth { get; init; }

    /// <summary>The least height that is enough, as <see cref="LeastWidth"/>.</summary>
    public int LeastHeight { get; init; }

    /// <summary>The greatest reduction of 1, 2, 4 or 8 that keeps a picture of this size at its least sides.</summary>
    public int ReductionOf(int width, int height)
    {
        var reduction = 1;
        while (LeastWidth > 0 && LeastHeight > 0 && reduction < 8 &&
            width / (reduction * 2) >= LeastWidth && height / (reduction * 2) >= LeastHeight)
        {
            reduction *= 2;
        }

        return reduction;
    }
}
