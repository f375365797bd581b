using System.Globalization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>
/// Reads WAV files: PCM of 8 to 32 bits, floating point of 32 and 64, A-law and µ-law, plain or extensible; RIFF, RIFX, RF64 and BW64;
/// any number of channels.
/// </summary>
public static class WavReader
{
    /// <summary>Reads a file and averages its channels.</summary>
    /// <exception cref="InputException">
    /// <see cref="InputErrorCodes.Corrupt"/>, <see cref="InputErrorCodes.Unsupported"/> (another encoding),
    /// <see cref="InputErrorCodes.TooLarge"/> (bytes, or seconds by the header), <see cref="InputErrorCodes.NoContent"/> (no samples).
    /// </exception>
    public static Recording Read(InputContent content, InputLimits limits)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(limits);
        InputChecks.CheckSize(content, limits.MaximumBytes);
        var file = content.Bytes.Span;
        var layout = WavLayoutReader.Read(file, content.Name);
        var format = layout.Format;
        var length = layout.DataLength / format.FrameBytes;
        if (length == 0)
        {
            throw layout.IsTruncated
                ? WavFault.Corrupt(content.Name, "it ends before its first sample")
                : new InputException(InputErrorCodes.NoContent, $"'{content.Name}' holds no samples.", "Send a recording with sound in it.");
        }

        if ((double)length / format.SampleRate > limits.MaximumSeconds)
        {
            throw new InputException(
                InputErrorCodes.TooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{content.Name}' lasts {(double)length / format.SampleRate:0.#} s; at most {limits.MaximumSeconds:0.#} s are read."),
                "Send a shorter recording, or cut it into several.");
        }

        var samples = Average(file.Slice(layout.DataStart, layout.DataLength), format, length, content.Name);
        return new Recording(samples, format.SampleRate, format.Channels, Notes(layout));
    }

    private static float[] Average(ReadOnlySpan<byte> data, WavFormat format, int length, string name)
    {
        var samples = new float[length];
        for (var i = 0; i < length; i++)
        {
            var frame = data.Slice(i * format.FrameBytes, format.FrameBytes);
            var sum = 0.0;
            for (var at = 0; at < frame.Length; at += format.SampleBytes)
            {
                sum += WavSamples.Decode(frame[at..], format);
            }

            samples[i] = (float)(sum / format.Channels);
            if (!float.IsFinite(samples[i]))
            {
                throw WavFault.Corrupt(name, string.Create(CultureInfo.InvariantCulture, $"sample {i} is not a finite number"));
            }
        }

        return samples;
    }

    private static string[] Notes(WavLayout layout) => layout.IsTruncated
        ? [string.Create(
            CultureInfo.InvariantCulture,
            $"the file is truncated: {layout.DataLength} of {layout.AnnouncedLength} bytes of sound are there")]
        : [];
}
