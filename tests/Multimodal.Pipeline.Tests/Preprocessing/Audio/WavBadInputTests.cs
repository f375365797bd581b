using System.Buffers.Binary;
using System.Diagnostics;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Testing;
using Multimodal.Testing.Audio;
using Multimodal.Testing.Fuzzing;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio;

public sealed class WavBadInputTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(WavSampleFormat.Pcm16)]
    [InlineData(WavSampleFormat.Pcm24)]
    [InlineData(WavSampleFormat.Float32)]
    [InlineData(WavSampleFormat.MuLaw)]
    public void Preprocess_MutatedFile_GivesFeaturesOrATypedError(WavSampleFormat format)
    {
        var sample = new WavFile { Samples = WavFile.Sine(440, 0.5, 16_000), SampleRate = 16_000, Format = format, Extensible = format == WavSampleFormat.Pcm24 }.ToBytes();
        using var config = new TemporaryFile(ExtractorConfigs.Whisper);
        using var preprocessor = new AudioPreprocessor(
            new AudioSettings { Config = "" }, FeatureExtractorConfig.Load(config.Path), new AudioReader(new InputLimits()));
        preprocessor.Preprocess(new InputContent("whole.wav", sample), MediaTypes.Wav);
        for (var seed = 0; seed < 13; seed++)
        {
            var content = new InputContent($"{format}-{seed}.wav", Mutations.Mutate(sample, seed));
            var begun = Stopwatch.GetTimestamp();
            try
            {
                var detected = ContentDetector.Detect(content);
                if (detected.Modality == Modality.Audio)
                {
                    var features = preprocessor.Preprocess(content, detected.MediaType).Tensors["input_features"];
                    Assert.All(features.AsSpan<float>().ToArray().Distinct(), value => Assert.True(float.IsFinite(value)));
                }
            }
            catch (InputException e)
            {
                Assert.Contains(content.Name, e.Error.Message, StringComparison.Ordinal);
                Assert.NotEmpty(e.Error.Remedy);
            }

            Assert.True(Stopwatch.GetElapsedTime(begun) < Limit, $"{format}, seed {seed}: {Stopwatch.GetElapsedTime(begun)}");
        }
    }

    // Announced: four gigabytes, and twelve exabytes; there: a second.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Preprocess_GiantThatIsAnnouncedOnly_AllocatesForWhatIsThere(bool isLong)
    {
        var file = new WavFile { Samples = WavFile.Sine(440, 1), Format = WavSampleFormat.Pcm8, Long = isLong, DataSize = 0x7FFFEFFF }.ToBytes();
        if (isLong)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(28), ulong.MaxValue / 3);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var recording = new AudioReader(new InputLimits()).Read(new InputContent("giant.wav", file), MediaTypes.Wav);

        Assert.Equal(8000, recording.Samples.Length);
        Assert.Contains("truncated", Assert.Single(recording.Notes), StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4 << 20);
    }

    [Fact]
    public void Preprocess_65535Channels_IsReadFrameByFrame()
    {
        var file = new WavFile { Samples = [.. WavFile.Sine(440, 0.01).SelectMany(sample => Enumerable.Repeat(sample, 60_000))], Channels = 60_000 }.ToBytes();
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(32), 60_000);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(34), 8);

        var recording = new AudioReader(new InputLimits()).Read(new InputContent("wide.wav", file), MediaTypes.Wav);

        Assert.Equal((60_000, 160), (recording.Channels, recording.Samples.Length));
    }

    [Fact]
    public void Read_OtherFormatWithoutADecoder_SaysToConvertIt()
    {
        var e = Assert.Throws<InputException>(() =>
            new AudioReader(new InputLimits()).Read(new InputContent("a.flac", "fLaC\0\0\0\0"u8.ToArray()), MediaTypes.Flac));

        Assert.Equal(InputErrorCodes.Unsupported, e.Error.Code);
        Assert.Contains("WAV", e.Error.Remedy, StringComparison.Ordinal);
    }
}
