using System.Runtime.InteropServices;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Audio.Sources;

namespace Multimodal.Audio.FFmpeg;

/// <summary>The samples that ffmpeg decodes, read from its pipe as they come.</summary>
internal sealed class FFmpegSource : IAudioSource
{
    private const int MostChannels = 64;
    private const int BlockBytes = 1 << 16;

    private readonly FFmpegRun _run;
    private readonly Stream _stream;
    private readonly string _name;
    private readonly byte[] _bytes;
    private int _left;
    private bool _ended;

    private FFmpegSource(FFmpegRun run, Stream stream, WavStream format, string name)
    {
        _run = run;
        _stream = stream;
        _name = name;
        (SampleRate, Channels) = (format.SampleRate, format.Channels);
        _bytes = new byte[BlockBytes / FrameBytes * FrameBytes];
    }

    public int SampleRate { get; }

    public int Channels { get; }

    public long? Frames => null;

    // What 16 bits hold; what was lossy goes beyond where it was clipped.
    public double FullScale => 1 - (1.0 / 32768);

    public IReadOnlyList<string> Notes => _ended && _run.Complaint is { } complaint ? [$"parts of the file do not decode ({complaint})"] : [];

    private int FrameBytes => Channels * sizeof(float);

    /// <summary>Waits for the first of what ffmpeg writes.</summary>
    /// <exception cref="Pipeline.Jobs.InputException">It writes nothing, or what nobody can use.</exception>
    public static FFmpegSource Start(FFmpegRun run, string name)
    {
        try
        {
            var stream = run.Connect();
            var format = stream is null ? null : WavStream.Read(stream);
            if (format is null)
            {
                throw Fault(run, name, run.Wait());
            }

            return format is { SampleRate: >= Resampler.MinimumRate and <= Resampler.MaximumRate, Channels: >= 1 and <= MostChannels }
                ? new FFmpegSource(run, stream!, format, name)
                : throw AudioFault.Corrupt(name, $"it announces {format.Channels} channels of {format.SampleRate} samples a second");
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    public int Read(Span<double> samples)
    {
        var wanted = Math.Min(samples.Length * sizeof(float), _bytes.Length);
        while (!_ended && _left < FrameBytes)
        {
            var read = _stream.Read(_bytes.AsSpan(_left, wanted - _left));
            _left += read;
            if (read == 0)
            {
                End();
            }
        }

        var frames = Math.Min(_left, wanted) / FrameBytes;
        var values = MemoryMarshal.Cast<byte, float>(_bytes.AsSpan(0, frames * FrameBytes));
        for (var i = 0; i < values.Length; i++)
        {
            samples[i] = values[i];
        }

        _left -= frames * FrameBytes;
        _bytes.AsSpan(frames * FrameBytes, _left).CopyTo(_bytes);
        return frames;
    }

    public void Dispose() => _run.Dispose();

    private void End()
    {
        _ended = true;
        if (!_run.Wait() || _run.WasEnded)
        {
            throw Fault(_run, _name, content: false);
        }
    }

    private static Pipeline.Jobs.InputException Fault(FFmpegRun run, string name, bool content)
    {
        var what = run.ComplainedTooOften ? $"too much of it does not decode ({run.Complaint})" :
            run.WasEnded ? "decoding it takes too long" :
            (run.Refusal ?? run.Complaint) is { } complaint ? $"it does not decode ({complaint})" :
            content ? "nothing in it is sound" : "it does not decode";
        return AudioFault.Corrupt(name, what);
    }
}
