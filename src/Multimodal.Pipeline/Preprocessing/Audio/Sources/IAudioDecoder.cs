using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Audio.Sources;

/// <summary>The port to what decodes recordings other than WAV. Safe for concurrent use.</summary>
public interface IAudioDecoder
{
    /// <summary>Begins to decode.</summary>
    /// <param name="content">The file; its size has been checked.</param>
    /// <param name="mediaType">What content detection recognised it as: one of the audio types of <see cref="MediaTypes"/>, WAV excepted.</param>
    /// <param name="limits">Bounds on inputs; no more than <see cref="InputLimits.MaximumSeconds"/> and a little are decoded.</param>
    /// <exception cref="InputException">
    /// <see cref="InputErrorCodes.Corrupt"/>, <see cref="InputErrorCodes.NoContent"/> (no sound in it), <see cref="InputErrorCodes.TooLarge"/>
    /// (by its header), <see cref="InputErrorCodes.Unsupported"/> (an encoding that is not read, or what decodes it is not installed).
    /// </exception>
    IAudioSource Open(InputContent content, string mediaType, InputLimits limits);
}
