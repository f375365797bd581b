using System.Globalization;
using System.Text.RegularExpressions;
using FFMpegCore;
using FFMpegCore.Enums;

namespace Multimodal.Audio.FFmpeg;

/// <summary>One ffmpeg at work on one file: what it is told, what it says, and when it has to end.</summary>
internal sealed partial class FFmpegRun : IDisposable
{
    // Of sound alone: pictures on covers are not decoded.
    private const string Decoders =
        "flac,mp3,mp3float,mp2,mp2float,mp1,mp1float,vorbis,libvorbis,opus,libopus,speex,libspeex,aac,aac_fixed,aac_latm,libfdk_aac,aac_at,alac," +
        "pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_u8,pcm_alaw,pcm_mulaw";

    private const int LongestReason = 160;

    private readonly OutputPipe _output = new();
    private readonly CancellationTokenSource _end = new();
    private readonly int _maximumErrors;
    private readonly Task<FFMpegResult> _work;
    private int _errors;

    /// <summary>Starts.</summary>
    /// <param name="folder">Where ffmpeg lies.</param>
    /// <param name="demuxer">The demuxer for the file.</param>
    /// <param name="file">The file.</param>
    /// <param name="seconds">The most that it decodes.</param>
    /// <param name="options">Limits.</param>
    public FFmpegRun(string folder, string demuxer, ReadOnlyMemory<byte> file, double seconds, FFmpegOptions options)
    {
        _maximumErrors = options.MaximumErrors;
        var protocol = OperatingSystem.IsWindows() ? "file" : "unix";

        // Without the flag ffmpeg takes a socket for something that it can seek in, and looks for an index behind the content.
        var processor = FFMpegArguments
            .FromPipeInput(new MemoryPipeSource(file), arguments => arguments.WithCustomArgument(
                $"-nostdin -hide_banner -nostats -y -threads 1 -fflags +ignidx -err_detect crccheck -protocol_whitelist {protocol} -codec_whitelist {Decoders} -f {demuxer}"))
            .OutputToUrl(_output.Address, arguments => arguments.WithCustomArgument(string.Create(
                CultureInfo.InvariantCulture,
                $"-map 0:a:0 -vn -sn -dn -map_metadata -1 -map_chapters -1 -threads 1 -t {seconds:0.###} -c:a pcm_f32le -bitexact -f wav")))
            .WithLogLevel(FFMpegLogLevel.Error)
            .NotifyOnStandardError(Hear)
            .CancellableThrough(_end.Token, TimeSpan.Zero);
        _end.CancelAfter(options.TimeLimit);
        _work = Task.Run(() => processor.ProcessAsynchronously(throwOnError: false, new FFOptions { BinaryFolder = folder }));
    }

    /// <summary>What it complained of first; null where it did not.</summary>
    public string? Complaint { get; private set; }

    /// <summary>What it was not allowed to decode: a cover in a sound file, or else why there is no sound.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether it had to be ended: it took too long, or complained too often.</summary>
    public bool WasEnded => _end.IsCancellationRequested;

    /// <summary>Whether it complained more often than it may.</summary>
    public bool ComplainedTooOften => Volatile.Read(ref _errors) > _maximumErrors;

    /// <summary>What it writes; null where it ended without writing.</summary>
    public Stream? Connect() => _output.Connect(_work);

    /// <summary>Waits until it has ended; whether it was content.</summary>
    public bool Wait()
    {
        try
        {
            return _work.GetAwaiter().GetResult().Success;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        // Whoever reads no further wants no more: ffmpeg would wait for ever to write.
        _end.Cancel();
        _output.Dispose();
        _work.ContinueWith(
            work =>
            {
                _ = work.Exception;
                _end.Dispose();
            },
            TaskScheduler.Default);
    }

    private void Hear(string line)
    {
        var said = Shorten(Sender().Replace(line, "").Trim());
        if (said.Length == 0 || said.StartsWith("Last message repeated", StringComparison.Ordinal))
        {
            return;
        }

        if (said.Contains("not on whitelist", StringComparison.Ordinal))
        {
            Refusal ??= said;
            return;
        }

        Complaint ??= said;
        if (Interlocked.Increment(ref _errors) > _maximumErrors && !_end.IsCancellationRequested)
        {
            _end.Cancel();
        }
    }

    private static string Shorten(string line) => line.Length > LongestReason ? line[..LongestReason] + "…" : line;

    // "[flac @ 0x5581…]", and the name of the pipe, which say nothing to anybody.
    [GeneratedRegex(@"\[[^\]]* @ (0x)?[0-9a-fA-F]+\]\s*|(unix|file):\S*CoreFxPipe_\S*\s*|\\\\\.\\pipe\\\S*\s*")]
    private static partial Regex Sender();
}
