namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// Pillow's arithmetic for 8 bits: 22 fractional bits, a half added, an arithmetic shift, clamped to 0–255. On vectors a weight is split
/// into an upper and a lower part of 16 bits each, <c>weight = upper · 2¹² + lower</c>, so that one instruction multiplies and adds pairs;
/// the sums of integers are the same.
/// </summary>
internal static class FixedPoint
{
    /// <summary>What rounds a sum.</summary>
    public const int Half = 1 << (ResamplingAxis.PrecisionBits - 1);

    /// <summary>Bits of the lower part of a weight.</summary>
    public const int LowerBits = 12;

    /// <summary>The upper part, with the sign: within ±2¹¹, as no weight is beyond ±2.</summary>
    public static short Upper(int weight) => (short)(weight >> LowerBits);

    /// <summary>The lower part, 0 or more.</summary>
    public static short Lower(int weight) => (short)(weight & ((1 << LowerBits) - 1));

    /// <summary>A sum, to which the half was added, as a level. The shift rounds towards negative infinity, as Pillow's does.</summary>
    public static byte ToLevel(int sum) => (byte)Math.Clamp(sum >> ResamplingAxis.PrecisionBits, 0, 255);
}
