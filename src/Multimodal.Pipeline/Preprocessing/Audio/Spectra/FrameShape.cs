namespace Multimodal.Pipeline.Preprocessing.Audio.Spectra;

/// <summary>How a signal is cut into frames and each frame prepared for its transform.</summary>
/// <param name="Window">What each frame is multiplied by; its length is the frame's.</param>
/// <param name="Hop">Samples from one frame to the next.</param>
/// <param name="Fft">Length of the transform, the frame's or more, even.</param>
internal sealed record FrameShape(double[] Window, int Hop, int Fft)
{
    /// <summary>Whether each frame's mean is subtracted from it, before anything else.</summary>
    public bool RemoveMean { get; init; }

    /// <summary>How much of the sample before is subtracted from each, 0 to 1; the first sample counts as its own predecessor.</summary>
    public double Preemphasis { get; init; }

    /// <summary>Frames of a signal: whole ones only.</summary>
    public int FramesOf(int samples) => samples < Window.Length ? 0 : 1 + ((samples - Window.Length) / Hop);
}
