using Multimodal.Pipeline.Jobs;

namespace Multimodal.Audio.FFmpeg;

/// <summary>Finds ffmpeg, or says how to get it.</summary>
internal static class FFmpegInstallation
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";

    /// <summary>The folder that holds ffmpeg.</summary>
    /// <exception cref="InputException"><see cref="InputErrorCodes.Unsupported"/>: it is not there.</exception>
    public static string Find(FFmpegOptions options, string name, string mediaType)
    {
        var folders = options.Folder is { } folder
            ? [folder]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, FileName))) ?? throw new InputException(
            InputErrorCodes.Unsupported,
            $"'{name}' is {mediaType}, which needs ffmpeg, and ffmpeg is not installed where this runs.",
            $"Convert it to WAV, or install ffmpeg: {HowToInstall}.");
    }

    private static string HowToInstall =>
        OperatingSystem.IsWindows() ? "winget install Gyan.FFmpeg" :
        OperatingSystem.IsMacOS() ? "brew install ffmpeg" :
        "apt-get install ffmpeg (Debian, Ubuntu), dnf install ffmpeg-free (Fedora) or apk add ffmpeg (Alpine)";
}
