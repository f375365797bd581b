using System.Globalization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Audio.Sources;

/// <summary>The samples of a WAV file, decoded as they are asked for.</summary>
internal sealed class WavSource : IAudioSource
{
    private readonly WavLayout _layout;
    private ReadOnlyMemory<byte> _rest;

    private WavSource(WavLayout layout, ReadOnlyMemory<byte> data)
    {
        _layout = layout;
        _rest = data;
        Frames = data.Length / layout.Format.FrameBytes;
    }

    public int SampleRate => _layout.Format.SampleRate;

    public int Channels => _layout.Format.Channels;

    public long? Frames { get; }

    public double FullScale => WavSamples.FullScale(_layout.Format);

    public IReadOnlyList<string> Notes => _layout.IsTruncated
        ? [string.Create(
            CultureInfo.InvariantCulture,
            $"the file is truncated: {_layout.DataLength} of {_layout.AnnouncedLength} bytes of sound are there")]
        : [];

    /// <summary>Reads the headers.</summary>
    /// <exception cref="InputException">
    /// <see cref="InputErrorCodes.Corrupt"/>, <see cref="InputErrorCodes.Unsupported"/> (another encoding),
    /// <see cref="InputErrorCodes.TooLarge"/> (seconds), <see cref="InputErrorCodes.NoContent"/> (no samples).
    /// </exception>
    public static WavSource Open(InputContent content, InputLimits limits)
    {
        var layout = WavLayoutReader.Read(content.Bytes.Span, content.Name);
        var length = layout.DataLength / layout.Format.FrameBytes;
        if (length == 0)
        {
            throw layout.IsTruncated
                ? WavFault.Corrupt(content.Name, "it ends before its first sample")
                : AudioFault.NoSamples(content.Name);
        }

        var seconds = (double)length / layout.Format.SampleRate;
        return seconds > limits.MaximumSeconds
            ? throw AudioFault.TooLong(content.Name, seconds, limits)
            : new WavSource(layout, content.Bytes.Slice(layout.DataStart, layout.DataLength));
    }

    public int Read(Span<double> samples)
    {
        var format = _layout.Format;
        var frames = Math.Min(samples.Length / format.Channels, _rest.Length / format.FrameBytes);
        var bytes = _rest.Span[..(frames * format.FrameBytes)];
        WavSamples.Decode(bytes, format, samples);
        _rest = _rest[bytes.Length..];
        return frames;
    }

    public void Dispose() => _rest = default;
}
