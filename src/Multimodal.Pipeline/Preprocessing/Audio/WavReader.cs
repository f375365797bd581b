using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>
/// Reads WAV files: PCM of 8 to 32 bits, floating point of 32 and 64, A-law and µ-law, plain or extensible; RIFF, RIFX, RF64 and BW64;
/// any number of channels.
/// </summary>
public static class WavReader
{
    /// <summary>Reads a file and averages its channels.</summary>
    /// <exception cref="InputException">
    /// <see cref="InputErrorCodes.Corrupt"/>, <see cref="InputErrorCodes.Unsupported"/> (another encoding),
    /// <see cref="InputErrorCodes.TooLarge"/> (bytes, or seconds by the header), <see cref="InputErrorCodes.NoContent"/> (no samples).
    /// </exception>
    public static Recording Read(InputContent content, InputLimits limits)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(limits);
        return new AudioReader(limits).Read(content, MediaTypes.Wav);
    }
}
