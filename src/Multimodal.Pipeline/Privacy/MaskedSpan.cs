namespace Multimodal.Pipeline.Privacy;

/// <summary>A part of a text and what takes its place.</summary>
/// <param name="Start">Where it begins, in UTF-16 code units.</param>
/// <param name="Length">Its length, 1 or more.</param>
/// <param name="Replacement">What stands there instead; it tells the kind, never the value.</param>
public readonly record struct MaskedSpan(int Start, int Length, string Replacement)
{
    /// <summary>Where it ends, exclusive.</summary>
    public int End => Start + Length;
}
