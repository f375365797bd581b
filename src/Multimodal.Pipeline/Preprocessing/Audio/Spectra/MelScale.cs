namespace Multimodal.Pipeline.Preprocessing.Audio.Spectra;

/// <summary>The formulas by which hertz become mels.</summary>
internal enum MelScale
{
    /// <summary>2595 log₁₀(1 + f / 700): HTK, and up to a factor of 1.00004 Kaldi, whose is 1127 ln(1 + f / 700).</summary>
    Htk,

    /// <summary>1127 ln(1 + f / 700).</summary>
    Kaldi,

    /// <summary>Linear to 1 kHz, 3 mels to 200 Hz, logarithmic above, 27 mels to a factor of 6.4 (M. Slaney, "Auditory Toolbox", 1998).</summary>
    Slaney,
}
