using System.Diagnostics;
using System.Security.Cryptography;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Testing;
using Multimodal.Testing.Audio;
using Multimodal.Testing.Fuzzing;

namespace Multimodal.Audio.FFmpeg.Tests;

public sealed class BadInputTests
{
    private const int MutationsOfEach = 6;

    // Two seconds where the machine is free; the tests share theirs, and each of these starts a process.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private static readonly AudioReader Reader = new(new InputLimits(), new FFmpegAudioDecoder());

    public static TheoryData<string> Formats => [.. AudioFormat.All.Keys.Where(name => name is not ("m4a-index-first" or "mp4"))];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_MutatedFile_GivesSamplesOrATypedError(string name)
    {
        var sample = Encoded(name);
        for (var seed = 0; seed < MutationsOfEach; seed++)
        {
            var content = new InputContent($"{name}-{seed}", Mutations.Mutate(sample, seed));
            var begun = Stopwatch.GetTimestamp();
            try
            {
                var detected = ContentDetector.Detect(content);
                if (detected.Modality == Modality.Audio)
                {
                    Assert.All(Reader.Read(content, detected.MediaType).Samples, value => Assert.True(float.IsFinite(value)));
                }
            }
            catch (InputException e)
            {
                Assert.Contains(content.Name, e.Error.Message, StringComparison.Ordinal);
                Assert.NotEmpty(e.Error.Remedy);
            }

            Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, $"{name}, seed {seed}: {Stopwatch.GetElapsedTime(begun)}");
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Read_EndCutOff_GivesWhatIsThereOrIsCorrupt(string name)
    {
        var sample = Encoded(name);
        var content = new InputContent("cut", sample.AsMemory(0, sample.Length * 2 / 3));

        try
        {
            Assert.InRange(Reader.Read(content, AudioFormat.All[name].MediaType).Seconds, 0.1, 1.1);
        }
        catch (InputException e)
        {
            Assert.Equal(InputErrorCodes.Corrupt, e.Error.Code);
        }
    }

    [Theory]
    [InlineData(MediaTypes.Flac, "664C6143")]
    [InlineData(MediaTypes.Mp3, "FFFB9064")]
    [InlineData(MediaTypes.Ogg, "4F676753")]
    [InlineData(MediaTypes.Mp4, "00000020667479704D344120")]
    [InlineData(MediaTypes.WebM, "1A45DFA3")]
    [InlineData(MediaTypes.Aac, "FFF14C80")]
    [InlineData(MediaTypes.Flac, "89504E470D0A1A0A")]
    public void Read_Garbage_IsCorruptSoon(string mediaType, string head)
    {
        _ = FFmpegTool.Folder();
        var noise = new byte[1 << 20];
        new Random(1).NextBytes(noise);
        Convert.FromHexString(head).CopyTo(noise, 0);
        var begun = Stopwatch.GetTimestamp();

        var e = Assert.Throws<InputException>((Action)(() => Reader.Read(new InputContent("garbage", noise), mediaType)));

        Assert.True(e.Error.Code is InputErrorCodes.Corrupt or InputErrorCodes.NoContent, e.Error.Code);
        Assert.Contains("'garbage'", e.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("CoreFxPipe", e.Error.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(begun) < Patience);
    }

    // Four hours of silence in some hundred kilobytes: refused by the header, and where the header does not tell, after ten minutes of it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_HoursOfSilenceInAFewBytes_IsTooLarge(bool declared)
    {
        var bomb = FFmpegTool.Make("flac", "-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "14400", "-compression_level", "0");
        if (!declared)
        {
            bomb[21] &= 0xF0;
            bomb.AsSpan(22, 4).Clear();
        }

        AssertTooLarge("bomb.flac", bomb, MediaTypes.Flac);
    }

    // Twenty minutes of silence by each encoder at its lowest rate: 77 MB of samples, of which a sixtieth and less arrives.
    [Theory]
    [InlineData("mp3", MediaTypes.Mp3, "-c:a", "libmp3lame", "-b:a", "8k")]
    [InlineData("ogg", MediaTypes.Ogg, "-c:a", "libvorbis", "-q:a", "0")]
    [InlineData("opus", MediaTypes.Ogg, "-c:a", "libopus", "-b:a", "6k", "-compression_level", "0")]
    [InlineData("m4a", MediaTypes.Mp4, "-c:a", "aac", "-b:a", "8k")]
    [InlineData("aac", MediaTypes.Aac, "-c:a", "aac", "-b:a", "8k")]
    [InlineData("webm", MediaTypes.WebM, "-c:a", "libopus", "-b:a", "6k", "-compression_level", "0")]
    public void Read_SilenceOfEachFormat_IsTooLarge(string extension, string mediaType, params string[] encoding) => AssertTooLarge(
        $"bomb.{extension}", FFmpegTool.Make(extension, ["-f", "lavfi", "-i", "anullsrc=r=16000:cl=mono", "-t", "1200", .. encoding]), mediaType);

    [Fact]
    public void Read_TakesTooLong_IsEnded()
    {
        var content = new InputContent("long.flac", Encoded("flac", seconds: 500));
        var reader = new AudioReader(new InputLimits(), new FFmpegAudioDecoder(new FFmpegOptions { TimeLimit = TimeSpan.FromMilliseconds(20) }));

        var e = Assert.Throws<InputException>(() => reader.Read(content, MediaTypes.Flac));

        Assert.Equal(InputErrorCodes.Corrupt, e.Error.Code);
        Assert.Contains("takes too long", e.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ComplainsTooOften_IsEnded()
    {
        var sample = Encoded("flac", seconds: 20);
        for (var at = 200; at + 40 < sample.Length; at += 500)
        {
            RandomNumberGenerator.Fill(sample.AsSpan(at, 40));
        }

        var reader = new AudioReader(new InputLimits(), new FFmpegAudioDecoder(new FFmpegOptions { MaximumErrors = 3 }));

        var e = Assert.Throws<InputException>(() => reader.Read(new InputContent("torn.flac", sample), MediaTypes.Flac));

        Assert.Equal(InputErrorCodes.Corrupt, e.Error.Code);
    }

    [Fact]
    public void Read_SomeFramesDamaged_SaysSo()
    {
        var sample = Encoded("flac", seconds: 20);
        RandomNumberGenerator.Fill(sample.AsSpan(sample.Length / 2, 64));

        var recording = Reader.Read(new InputContent("scratched.flac", sample), MediaTypes.Flac);

        Assert.Contains("do not decode", Assert.Single(recording.Notes), StringComparison.Ordinal);
        Assert.InRange(recording.Seconds, 18, 20.1);
    }

    [Fact]
    public void Read_EmptyOrLargerThanAllowed_IsRefusedBeforeAnythingStarts()
    {
        var reader = new AudioReader(new InputLimits { MaximumBytes = 10 }, new FFmpegAudioDecoder(new FFmpegOptions { Folder = "nowhere" }));

        Assert.Equal(InputErrorCodes.Empty, Code([]));
        Assert.Equal(InputErrorCodes.TooLarge, Code(new byte[11]));

        string Code(byte[] bytes) => Assert.Throws<InputException>(() => reader.Read(new InputContent("a.mp3", bytes), MediaTypes.Mp3)).Error.Code;
    }

    [Fact]
    public void Preprocess_Digits_TakesTheFormatsToo()
    {
        var wav = File.ReadAllBytes(Path.Combine(TestPaths.Models, "digits", "samples", "seven-all-agree", "speech.wav"));
        var preprocessor = new LogMelPreprocessor(new LogMelSettings(), Reader);
        var expected = preprocessor.Preprocess(new InputContent("speech.wav", wav), MediaTypes.Wav);

        var features = preprocessor.Preprocess(new InputContent("speech.flac", AudioFormat.All["flac"].Encode(wav)), MediaTypes.Flac);

        Assert.Equal(
            expected.Tensors[LogMelPreprocessor.InputFeatures].AsSpan<float>(), features.Tensors[LogMelPreprocessor.InputFeatures].AsSpan<float>());
        Assert.Equal(expected.Facts with { MediaType = MediaTypes.Flac, Bytes = features.Facts.Bytes, Notes = features.Facts.Notes }, features.Facts);
    }

    private static void AssertTooLarge(string name, byte[] bomb, string mediaType)
    {
        var begun = Stopwatch.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var config = new TemporaryFile(ExtractorConfigs.Whisper);
        using var preprocessor = new AudioPreprocessor(new AudioSettings { Config = "" }, FeatureExtractorConfig.Load(config.Path), Reader);
        var e = Assert.Throws<InputException>(() => preprocessor.Preprocess(new InputContent(name, bomb), mediaType));

        Assert.Equal(InputErrorCodes.TooLarge, e.Error.Code);
        Assert.Contains("at most 600 s", e.Error.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 48 << 20, $"{GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        Assert.True(Stopwatch.GetElapsedTime(begun) < Patience, $"{Stopwatch.GetElapsedTime(begun)}");
    }

    // Silence here and there and loud parts, so that every encoder has something to do.
    private static byte[] Encoded(string name, double seconds = 1)
    {
        var tone = WavFile.Sine(440, seconds, 16_000, 0.3);
        var random = new Random(1);
        return AudioFormat.All[name].Encode(new WavFile { Samples = [.. tone.Select(sample => sample + (0.05 * random.NextDouble()))], SampleRate = 16_000 }.ToBytes());
    }
}
