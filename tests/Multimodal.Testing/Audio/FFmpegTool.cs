using System.Diagnostics;

namespace Multimodal.Testing.Audio;

/// <summary>The machine's ffmpeg, which makes samples for tests; where it is absent they skip.</summary>
public static class FFmpegTool
{
    /// <summary>Whether the machine has it.</summary>
    public static bool IsPresent => Find() is not null;

    /// <summary>The folder that holds it; the running test is skipped where it is absent.</summary>
    public static string Folder()
    {
        var folder = Find();
        Requirements.Need("ffmpeg", folder is not null, "install ffmpeg and put it on the PATH.");
        return folder!;
    }

    /// <summary>Encodes a WAV file.</summary>
    /// <param name="wav">The file.</param>
    /// <param name="extension">Names the format.</param>
    /// <param name="arguments">The encoder and its settings, and what else stands before the output.</param>
    public static byte[] Encode(byte[] wav, string extension, params string[] arguments)
    {
        using var from = new TemporaryFile(wav);
        return Make(extension, ["-i", from.Path, .. arguments]);
    }

    /// <summary>Makes a file.</summary>
    /// <param name="extension">Names the format.</param>
    /// <param name="arguments">What it is made of, and what else stands before the output.</param>
    public static byte[] Make(string extension, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("ffmpeg");
        try
        {
            var to = Path.Combine(folder.FullName, $"out.{extension}");
            Run([.. arguments, to]);
            return File.ReadAllBytes(to);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs it; what it prints on standard error.</summary>
    public static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Folder(), "ffmpeg")) { RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])["-hide_banner", "-nostdin", "-y", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        return output;
    }

    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, name)));
    }
}
