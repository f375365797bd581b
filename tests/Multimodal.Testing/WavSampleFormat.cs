namespace Multimodal.Testing;

/// <summary>How <see cref="WavFile"/> stores samples.</summary>
public enum WavSampleFormat
{
    Pcm8,
    Pcm16,
    Pcm24,
    Pcm32,
    Float32,
    Float64,
    ALaw,
    MuLaw,
}
