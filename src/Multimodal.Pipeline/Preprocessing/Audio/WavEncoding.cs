namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>How the samples of a WAV file are stored.</summary>
internal enum WavEncoding
{
    /// <summary>Integers: 8 bits with an offset of 128, 16, 24 or 32 bits signed.</summary>
    Pcm,

    /// <summary>IEEE 754, 32 or 64 bits.</summary>
    Float,

    /// <summary>ITU-T G.711 A-law, 8 bits.</summary>
    ALaw,

    /// <summary>ITU-T G.711 µ-law, 8 bits.</summary>
    MuLaw,
}
