namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>What a WAV file's <c>fmt</c> chunk says.</summary>
/// <param name="Encoding">How samples are stored.</param>
/// <param name="Channels">1 or more.</param>
/// <param name="SampleRate">Samples a second.</param>
/// <param name="SampleBytes">Bytes that one sample of one channel takes.</param>
/// <param name="BigEndian">Whether the file is RIFX.</param>
internal sealed record WavFormat(WavEncoding Encoding, int Channels, int SampleRate, int SampleBytes, bool BigEndian)
{
    /// <summary>Bytes that one sample of all channels takes.</summary>
    public int FrameBytes => Channels * SampleBytes;
}
