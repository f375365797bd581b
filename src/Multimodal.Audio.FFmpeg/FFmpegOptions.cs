namespace Multimodal.Audio.FFmpeg;

/// <summary>How ffmpeg is run.</summary>
public sealed record FFmpegOptions
{
    /// <summary>The folder that holds it; null: one of those that <c>PATH</c> names.</summary>
    public string? Folder { get; init; }

    /// <summary>How long it may take for one recording before it is ended.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most errors that it may report of one recording before it is ended.</summary>
    public int MaximumErrors { get; init; } = 100;
}
