using Multimodal.Audio.FFmpeg.Containers;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio.Sources;

namespace Multimodal.Audio.FFmpeg;

/// <summary>
/// Decodes FLAC, MP3, Ogg, M4A, AAC, WebM and Matroska by ffmpeg, a process for each recording. It gets the file through a pipe, may open
/// nothing else, uses the demuxer that the content asks for and only decoders of sound, and is ended where it takes too long, gives too much
/// or complains too often. Safe for concurrent use.
/// </summary>
public sealed class FFmpegAudioDecoder : IAudioDecoder
{
    private readonly FFmpegOptions _options;

    /// <summary>Decodes with these options.</summary>
    public FFmpegAudioDecoder(FFmpegOptions? options = null)
    {
        _options = options ?? new FFmpegOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.TimeLimit, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MaximumErrors, nameof(options));
    }

    /// <inheritdoc/>
    public IAudioSource Open(InputContent content, string mediaType, InputLimits limits)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(limits);
        var demuxer = DemuxerOf(mediaType) ?? throw new InputException(
            InputErrorCodes.Unsupported, $"'{content.Name}' is {mediaType}, which is not decoded.", "Convert it to WAV.");
        if (DeclaredDuration.Find(content.Bytes.Span, mediaType) is { } seconds && seconds > limits.MaximumSeconds)
        {
            throw AudioFault.TooLong(content.Name, seconds, limits);
        }

        var folder = FFmpegInstallation.Find(_options, content.Name, mediaType);
        var bytes = mediaType == MediaTypes.Mp4 ? FastStart.Arrange(content.Bytes) : content.Bytes;
        return FFmpegSource.Start(new FFmpegRun(folder, demuxer, bytes, limits.MaximumSeconds + 1, _options), content.Name);
    }

    private static string? DemuxerOf(string mediaType) => mediaType switch
    {
        MediaTypes.Flac => "flac",
        MediaTypes.Mp3 => "mp3",
        MediaTypes.Ogg => "ogg",
        MediaTypes.Mp4 => "mov",
        MediaTypes.Aac => "aac",
        MediaTypes.WebM or MediaTypes.Matroska => "matroska",
        _ => null,
    };
}
