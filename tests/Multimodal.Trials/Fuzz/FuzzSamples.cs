using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Testing;
using Multimodal.Testing.Audio;
using Multimodal.Testing.Imaging;

namespace Multimodal.Trials.Fuzz;

/// <summary>The files that are damaged.</summary>
internal static class FuzzSamples
{
    private const int Rate = 16_000;

    /// <summary>Images by format, PNG in several: the tests' own, those of the sample jobs, and the data folder's.</summary>
    /// <param name="data">The data folder, or null.</param>
    public static ILookup<string, InputContent> Images(string? data)
    {
        IEnumerable<InputContent> all =
        [
            .. ImageCase.All.Select(c => c.Content), AvifSample.Content, .. OfJobs(Modality.Image),
            .. data is null ? [] : Directory.EnumerateFiles(Path.Combine(data, "images")).Order(StringComparer.Ordinal).Select(Read),
        ];
        return all.Where(content => ModalityOf(content) == Modality.Image).ToLookup(ImageFormatOf);
    }

    /// <summary>WAV in every sample format and kind of header, and the recordings of the sample jobs.</summary>
    public static IReadOnlyList<InputContent> Wavs()
    {
        var plain = new WavFile { Samples = WavFile.Sine(440, 0.5, Rate), SampleRate = Rate };
        return
        [
            .. Enum.GetValues<WavSampleFormat>().Select(format => new InputContent($"{format}.wav", (plain with { Format = format }).ToBytes())),
            new("extensible.wav", (plain with { Format = WavSampleFormat.Pcm24, Extensible = true }).ToBytes()),
            new("stereo.wav", (plain with { Channels = 2 }).ToBytes()),
            new("big-endian.wav", (plain with { BigEndian = true }).ToBytes()),
            new("rf64.wav", (plain with { Long = true }).ToBytes()),
            .. OfJobs(Modality.Audio),
        ];
    }

    /// <summary>A second of a tone in a format that ffmpeg encodes; the same bytes each time.</summary>
    public static InputContent Encoded(AudioFormat format)
    {
        var random = new Random(1);
        var samples = WavFile.Sine(440, 1, Rate, 0.3).Select(sample => sample + (0.05 * random.NextDouble()));
        var exact = format with { Arguments = [.. format.Arguments, "-fflags", "+bitexact", "-flags:a", "+bitexact"] };
        return new InputContent($"tone.{format.Extension}", exact.Encode(new WavFile { Samples = [.. samples], SampleRate = Rate }.ToBytes()));
    }

    /// <summary>The files of the sample jobs that are of a modality.</summary>
    public static IEnumerable<InputContent> OfJobs(Modality modality) =>
        Directory.EnumerateFiles(Path.Combine(TestPaths.Models, "digits", "samples"), "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(Read).Where(content => ModalityOf(content) == modality);

    private static InputContent Read(string file) =>
        new(Path.GetFileName(Path.GetDirectoryName(file)) + "/" + Path.GetFileName(file), File.ReadAllBytes(file));

    private static Modality? ModalityOf(InputContent content)
    {
        try
        {
            return ContentDetector.Detect(content).Modality;
        }
        catch (InputException)
        {
            return null;
        }
    }

    // The header of PNG holds its bit depth at byte 24 and its colour type at byte 25.
    private static string ImageFormatOf(InputContent content) =>
        (ContentDetector.Detect(content).MediaType, content.Bytes.Span is { Length: > 25 } bytes ? (bytes[24], bytes[25]) : default) switch
        {
            (MediaTypes.Png, (16, _)) => "png-16",
            (MediaTypes.Png, (_, 3)) => "png-palette",
            (MediaTypes.Png, (_, 4 or 6)) => "png-alpha",
            (var mediaType, _) => mediaType["image/".Length..],
        };
}
