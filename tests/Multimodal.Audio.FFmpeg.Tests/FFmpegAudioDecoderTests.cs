using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Testing;
using Multimodal.Testing.Audio;

namespace Multimodal.Audio.FFmpeg.Tests;

public sealed class FFmpegAudioDecoderTests
{
    private const int Rate = 48_000;
    private static readonly AudioReader Reader = new(new InputLimits(), new FFmpegAudioDecoder());

    public static TheoryData<string> Formats => [.. AudioFormat.All.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_EveryFormat_GivesTheToneThatWasEncoded(string name)
    {
        var format = AudioFormat.All[name];
        var left = WavFile.Sine(440, 2, Rate, 0.4);
        var wav = new WavFile { Samples = [.. left.SelectMany(sample => new[] { sample, 0.5 * sample })], SampleRate = Rate, Channels = 2 };

        var content = new InputContent($"tone.{format.Extension}", format.Encode(wav.ToBytes()));
        var detected = ContentDetector.Detect(content);
        var recording = Reader.Read(content, detected.MediaType);

        Assert.Equal(new DetectedContent(Modality.Audio, format.MediaType), detected);
        Assert.Equal((Rate, 2), (recording.SampleRate, recording.Channels));
        Assert.Empty(recording.Notes);
        Assert.InRange(recording.Seconds, 1.95, 2.1);

        // Half a second from the middle, against the tone of the best phase: encoders may shift it.
        var (amplitude, residue) = Fit(recording.Samples.AsSpan(Rate / 2, Rate / 2), 440);
        Assert.Equal(0.3, amplitude, 0.02);
        Assert.True(residue < 0.01, $"what is not the tone: {residue:0.0000}");
    }

    [Fact]
    public void Read_Flac_GivesTheVerySamples()
    {
        var random = new Random(1);
        var samples = Enumerable.Range(0, 100_000).Select(_ => (random.NextDouble() * 1.8) - 0.9).ToArray();
        var wav = new WavFile { Samples = samples, SampleRate = 22_050 }.ToBytes();

        var decoded = Reader.Read(new InputContent("a.flac", AudioFormat.All["flac"].Encode(wav)), MediaTypes.Flac);

        Assert.Equal(22_050, decoded.SampleRate);
        Assert.Equal(WavReader.Read(new InputContent("a.wav", wav), new InputLimits()).Samples, decoded.Samples);
    }

    [Theory]
    [InlineData("m4a")]
    [InlineData("mp3")]
    public void Read_ManyShortRecordingsAtOnce_LosesNoneOfTheirSamples(string name)
    {
        var wav = new WavFile { Samples = WavFile.Sine(440, 0.3), SampleRate = 8000 }.ToBytes();
        var content = new InputContent("short", AudioFormat.All[name].Encode(wav));
        var expected = Reader.Read(content, AudioFormat.All[name].MediaType).Samples;

        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 6 }, _ =>
            Assert.Equal(expected, Reader.Read(content, AudioFormat.All[name].MediaType).Samples));
    }

    [Fact]
    public void Read_Mp3WithCover_DoesNotDecodeTheCover()
    {
        var content = new InputContent("covered.mp3", FFmpegTool.Make(
            "mp3",
            "-f", "lavfi", "-i", "sine=440:duration=1", "-f", "lavfi", "-i", "color=red:size=64x64:duration=0.04", "-map", "0", "-map", "1",
            "-frames:v", "1", "-c:v", "mjpeg", "-c:a", "libmp3lame", "-disposition:v", "attached_pic", "-id3v2_version", "3"));

        var recording = Reader.Read(content, ContentDetector.Detect(content).MediaType);

        Assert.InRange(recording.Seconds, 0.95, 1.1);
        Assert.Empty(recording.Notes);
    }

    [Theory]
    [InlineData("mp4", "MP4")]
    [InlineData("webm", "WebM")]
    [InlineData("ogv", "Ogg video")]
    [InlineData("mkv", "Matroska")]
    public void Detect_Video_IsRefusedByName(string extension, string kind)
    {
        foreach (var withSound in new[] { true, false })
        {
            var content = new InputContent("video", FFmpegTool.Make(
                extension,
                ["-f", "lavfi", "-i", "testsrc=size=64x64:rate=5:duration=1", .. (string[])(withSound ? ["-f", "lavfi", "-i", "sine=440:duration=1"] : [])]));

            var e = Assert.Throws<InputException>(() => ContentDetector.Detect(content));

            Assert.Equal(InputErrorCodes.Unsupported, e.Error.Code);
            Assert.Contains(kind, e.Error.Message, StringComparison.Ordinal);
            Assert.Contains("Video", e.Error.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_WithoutFFmpeg_SaysHowToInstallIt()
    {
        var empty = Directory.CreateTempSubdirectory("empty");
        var reader = new AudioReader(new InputLimits(), new FFmpegAudioDecoder(new FFmpegOptions { Folder = empty.FullName }));

        var e = Assert.Throws<InputException>(() => reader.Read(new InputContent("a.mp3", new byte[] { 0xFF, 0xFB, 0x90, 0x64 }), MediaTypes.Mp3));
        empty.Delete();

        Assert.Equal(InputErrorCodes.Unsupported, e.Error.Code);
        Assert.Contains("'a.mp3'", e.Error.Message, StringComparison.Ordinal);
        Assert.Contains("install ffmpeg", e.Error.Remedy, StringComparison.Ordinal);
        Assert.Contains(OperatingSystem.IsWindows() ? "winget" : OperatingSystem.IsMacOS() ? "brew" : "apt-get", e.Error.Remedy, StringComparison.Ordinal);
    }

    // The amplitude of a tone in samples, and the root mean square of what is left without it.
    private static (double Amplitude, double Residue) Fit(ReadOnlySpan<float> samples, double hertz)
    {
        double cosine = 0, sine = 0, power = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            cosine += samples[i] * Math.Cos(2 * Math.PI * hertz * i / Rate);
            sine += samples[i] * Math.Sin(2 * Math.PI * hertz * i / Rate);
            power += (double)samples[i] * samples[i];
        }

        var amplitude = 2 * Math.Sqrt((cosine * cosine) + (sine * sine)) / samples.Length;
        return (amplitude, Math.Sqrt(Math.Max(0, (power / samples.Length) - (amplitude * amplitude / 2))));
    }
}
