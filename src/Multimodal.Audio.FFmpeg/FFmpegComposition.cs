using Microsoft.Extensions.DependencyInjection;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Preprocessing.Audio.Sources;

namespace Multimodal.Audio.FFmpeg;

/// <summary>Composes a host with ffmpeg.</summary>
public static class FFmpegComposition
{
    /// <summary>Decodes recordings other than WAV by ffmpeg; it is looked for when the first one comes.</summary>
    public static MultimodalBuilder UseFFmpegAudio(this MultimodalBuilder builder, FFmpegOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(options ?? new FFmpegOptions());
        builder.Services.AddSingleton<IAudioDecoder, FFmpegAudioDecoder>();
        return builder;
    }
}
