namespace Multimodal.Testing.Audio;

/// <summary>A format that ffmpeg encodes for tests.</summary>
/// <param name="Name">Its name in the tests' list.</param>
/// <param name="Extension">The ending of files.</param>
/// <param name="MediaType">What it is recognised as.</param>
/// <param name="Arguments">How ffmpeg encodes it.</param>
public sealed record AudioFormat(string Name, string Extension, string MediaType, params string[] Arguments)
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, AudioFormat> All { get; } = new AudioFormat[]
    {
        new("flac", "flac", "audio/flac", "-c:a", "flac"),
        new("mp3", "mp3", "audio/mpeg", "-c:a", "libmp3lame", "-b:a", "128k"),
        new("vorbis", "ogg", "audio/ogg", "-c:a", "libvorbis", "-b:a", "96k"),
        new("opus", "opus", "audio/ogg", "-c:a", "libopus", "-b:a", "96k"),
        new("m4a", "m4a", "audio/mp4", "-c:a", "aac", "-b:a", "128k"),
        new("m4a-index-first", "m4a", "audio/mp4", "-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart"),
        new("mp4", "mp4", "audio/mp4", "-c:a", "aac", "-b:a", "128k"),
        new("aac", "aac", "audio/aac", "-c:a", "aac", "-b:a", "128k"),
        new("webm", "webm", "audio/webm", "-c:a", "libopus", "-b:a", "96k"),
        new("matroska", "mka", "audio/matroska", "-c:a", "libvorbis", "-b:a", "96k"),
    }.ToDictionary(format => format.Name);

    /// <summary>Encodes a WAV file.</summary>
    public byte[] Encode(byte[] wav) => FFmpegTool.Encode(wav, Extension, Arguments);
}
