using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Audio.Quality;
using Multimodal.Pipeline.Preprocessing.Audio.Sources;
using Multimodal.Pipeline.Preprocessing.Detection;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Reads recordings: WAV by itself, other formats by the host's decoder. Safe for concurrent use.</summary>
/// <param name="limits">Bounds on inputs.</param>
/// <param name="decoder">Decodes what is not WAV; null: nothing does.</param>
public sealed class AudioReader(InputLimits limits, IAudioDecoder? decoder = null)
{
    internal InputLimits Limits => limits;

    /// <summary>Begins to read a recording.</summary>
    /// <param name="content">The file.</param>
    /// <param name="mediaType">What content detection recognised it as.</param>
    /// <exception cref="InputException">
    /// It is empty, too large or too long by its header, corrupt, without sound, or of a format that is not read here.
    /// </exception>
    public IAudioSource Open(InputContent content, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(content);
        InputChecks.CheckSize(content, limits.MaximumBytes);
        if (mediaType == MediaTypes.Wav || WavSignature.Matches(content.Bytes.Span))
        {
            return WavSource.Open(content, limits);
        }

        return decoder?.Open(content, mediaType, limits) ?? throw new InputException(
            InputErrorCodes.Unsupported, $"'{content.Name}' is {mediaType}, and nothing here decodes it.", "Convert it to WAV.");
    }

    /// <summary>Reads a whole recording and averages its channels.</summary>
    /// <param name="content">The file.</param>
    /// <param name="mediaType">What content detection recognised it as.</param>
    /// <exception cref="InputException">As <see cref="Open"/>, or what follows the header does not decode.</exception>
    public Recording Read(InputContent content, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Read(content, mediaType, out _, measure: false);
    }

    internal Recording Read(InputContent content, string mediaType, out AudioQuality? quality, bool measure)
    {
        using var source = Open(content, mediaType);
        var meter = measure ? new QualityMeter(source) : null;
        var samples = new MonoReader(source, content.Name, limits, meter).ReadToEnd();
        quality = meter?.Finish();
        return new Recording(samples, source.SampleRate, source.Channels, source.Notes);
    }
}
