namespace Multimodal.Pipeline.Speech;

/// <summary>Where the features of a recording lie in it; in seconds.</summary>
/// <param name="Start">When the first window begins.</param>
/// <param name="Length">How much sound the windows hold together, padding not counted.</param>
/// <param name="Hop">From the beginning of one window to that of the next.</param>
/// <param name="Window">The length of a window.</param>
public sealed record SoundTiming(double Start, double Length, double Hop, double Window)
{
    /// <summary>The timing of a recording that is one item.</summary>
    public static SoundTiming Whole(double start, double length) => new(start, length, length, length);

    /// <summary>How much of a window is sound.</summary>
    public double LengthOf(int window) => Math.Clamp(Length - (window * Hop), 0, Window);

    /// <summary>When a window begins.</summary>
    public double StartOf(int window) => Start + (window * Hop);
}
