namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>A decoded recording, its channels averaged.</summary>
/// <param name="Samples">One channel; full scale is -1 to 1, floating-point files may go beyond.</param>
/// <param name="SampleRate">Samples a second, as recorded.</param>
/// <param name="Channels">Channels, as recorded.</param>
/// <param name="Notes">What people should know of the file, such as that it is truncated; empty where nothing.</param>
public sealed record Recording(float[] Samples, int SampleRate, int Channels, IReadOnlyList<string> Notes)
{
    /// <summary>Duration in seconds.</summary>
    public double Seconds => (double)Samples.Length / SampleRate;
}
