namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>What is kept of one side of a resized picture.</summary>
/// <param name="Kept">The first pixel that is kept.</param>
/// <param name="Count">How many are kept.</param>
/// <param name="Padding">Zeros before the first.</param>
/// <param name="Total">The side of the result, zeros included.</param>
public readonly record struct ImageSpan(long Kept, long Count, long Padding, long Total)
{
    /// <summary>The whole side.</summary>
    public static ImageSpan Whole(long side) => new(0, side, 0, side);

    /// <summary>
    /// The middle of a side, as transformers' <c>center_crop</c> takes it: the odd pixel of what is cut off falls at the end, the odd
    /// pixel of what is padded at the beginning.
    /// </summary>
    public static ImageSpan Centre(long side, int wanted) =>
        side >= wanted ? new((side - wanted) / 2, wanted, 0, wanted) : new(0, side, (wanted - side + 1) / 2, wanted);
}
