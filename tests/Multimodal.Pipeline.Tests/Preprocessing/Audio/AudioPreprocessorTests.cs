using CsCheck;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;
using Multimodal.Testing;
using Multimodal.Testing.Audio;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio;

public sealed class AudioPreprocessorTests
{
    [Theory]
    [InlineData(ExtractorConfigs.Whisper, new[] { 80, 3000 })]
    [InlineData(ExtractorConfigs.Clap, new[] { 1, 1001, 64 })]
    [InlineData(ExtractorConfigs.SpectrogramTransformer, new[] { 1024, 128 })]
    [InlineData(ExtractorConfigs.SpeechToText, new[] { 198, 80 })]
    [InlineData(ExtractorConfigs.Waveform, new[] { 32_000 })]
    public void Preprocess_ShortRecording_IsOneItemOfTheExtractorsShape(string config, int[] shape)
    {
        var features = Preprocess(config, new WavFile { Samples = WavFile.Sine(500, 2, 44_100), SampleRate = 44_100 });

        Assert.Null(features.Windows);
        Assert.Equal(shape, Assert.Single(features.Tensors).Value.Shape);
        Assert.Equal((44_100, 1, 2.0), (features.Facts.SampleRate, features.Facts.Channels, features.Facts.Seconds));
        Assert.Empty(features.Facts.Notes);
        Assert.Equal(-9.7, features.Facts.Loudness!.Value, 0.1);
        Assert.Equal((0.0, 0.0, null), (features.Facts.ClippedShare, features.Facts.SilentShare, features.Facts.SpeechShare));
    }

    [Fact]
    public void Preprocess_RightRate_GivesTheFeaturesOfItsSamples()
    {
        var file = new WavFile { Samples = WavFile.Sine(500, 2, 16_000), SampleRate = 16_000, Format = WavSampleFormat.Float32 };
        using var config = new TemporaryFile(ExtractorConfigs.Whisper);

        var features = Preprocess(ExtractorConfigs.Whisper, file).Tensors["input_features"];

        var direct = FeatureExtractorConfig.Load(config.Path).Extractor.Extract([.. file.Samples.Select(sample => (float)sample)]);
        Assert.Equal(direct.AsSpan<float>(), features.AsSpan<float>());
    }

    [Fact]
    public void Preprocess_LongerThanTheEncoderHears_IsCutAndSaysSo()
    {
        var features = Preprocess(ExtractorConfigs.Whisper, new WavFile { Samples = WavFile.Sine(500, 31, 16_000), SampleRate = 16_000 });

        Assert.Equal([80, 3000], features.Tensors["input_features"].Shape);
        Assert.Contains("30 s of 31 s", Assert.Single(features.Facts.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2.0, null, 64, 5.0, 3)]
    [InlineData(2.0, 1.0, 64, 5.0, 4)]
    [InlineData(2.0, 3.0, 64, 5.0, 2)]
    [InlineData(2.0, 3.0, 64, 2.5, 1)]
    [InlineData(2.0, null, 64, 4.0, 2)]
    [InlineData(2.0, null, 2, 5.0, 2)]
    [InlineData(2.0, null, 64, 0.5, 1)]
    public void Preprocess_Windows_AreThoseOfTheParts(double window, double? hop, int most, double seconds, int count)
    {
        var samples = new Random(3);
        var sound = Enumerable.Range(0, (int)(seconds * 16_000)).Select(_ => (float)(samples.NextDouble() - 0.5)).ToArray();
        var settings = new AudioSettings { Config = "", WindowSeconds = window, HopSeconds = hop, MaximumWindows = most };

        var features = Preprocess(
            ExtractorConfigs.Whisper,
            new WavFile { Samples = [.. sound.Select(sample => (double)sample)], SampleRate = 16_000, Format = WavSampleFormat.Float32 },
            settings);

        Assert.Equal(count, features.Windows);
        var tensor = features.Tensors["input_features"];
        Assert.Equal([count, 80, 3000], tensor.Shape);
        using var config = new TemporaryFile(ExtractorConfigs.Whisper);
        var extractor = FeatureExtractorConfig.Load(config.Path).Extractor;
        for (var i = 0; i < count; i++)
        {
            var start = (int)(i * (hop ?? window) * 16_000);
            var part = sound.AsSpan(start, Math.Min((int)(window * 16_000), sound.Length - start));
            Assert.Equal(extractor.Extract(part).AsSpan<float>(), tensor.AsSpan<float>().Slice(i * 240_000, 240_000));
        }

        Assert.Equal(most == 2 && seconds > 4 ? 1 : 0, features.Facts.Notes.Count);
    }

    [Fact]
    public void Preprocess_WindowsOfAnExtractorThatPadsNothing_AreFilledUp()
    {
        var settings = new AudioSettings { Config = "", WindowSeconds = 1 };

        var features = Preprocess(ExtractorConfigs.Waveform, new WavFile { Samples = WavFile.Sine(500, 2.5, 16_000), SampleRate = 16_000 }, settings);

        Assert.Equal([3, 16_000], features.Tensors["input_values"].Shape);
        var last = features.Tensors["input_values"].AsSpan<float>()[40_000..].ToArray();
        Assert.Single(last.Distinct());
    }

    // Two hours of 8 kHz: 230 MB as single-precision samples, 460 at the encoder's rate; the file itself has 58.
    [Fact]
    public void Preprocess_TwoHours_HoldsNoMoreThanWindowsAndFeatures()
    {
        var limits = new InputLimits { MaximumSeconds = 7200 };
        var settings = new AudioSettings { Config = "", WindowSeconds = 30, MaximumWindows = 4 };
        var file = new WavFile { Samples = WavFile.Sine(300, 0.5), Format = WavSampleFormat.MuLaw, DataSize = uint.MaxValue }.ToBytes();
        var header = file.Length - 4000;
        var whole = new byte[header + (7200 * 8000)];
        file.CopyTo(whole, 0);
        for (var at = header; at < whole.Length; at += 4000)
        {
            file.AsSpan(header, Math.Min(4000, whole.Length - at)).CopyTo(whole.AsSpan(at));
        }

        using var config = new TemporaryFile(ExtractorConfigs.Whisper);
        using var preprocessor = new AudioPreprocessor(settings, FeatureExtractorConfig.Load(config.Path), new AudioReader(limits));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var features = preprocessor.Preprocess(new InputContent("long.wav", whole), MediaTypes.Wav);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(7200, features.Facts.Seconds);
        Assert.Equal(4, features.Windows);
        TestContext.Current.TestOutputHelper?.WriteLine($"{allocated / 1048576.0:0.0} MiB allocated in all");

        // All that was ever allocated, freed or not: the features twice (7.4 MiB), a window, the padded window, and 1.2 MiB of loudness.
        Assert.True(allocated < 40 << 20, $"{allocated >> 20} MiB were allocated");
    }

    [Fact]
    public void Preprocess_SilenceAndSamplesThatAreNone_AreRefused()
    {
        AssertRefused(InputErrorCodes.NoContent, new WavFile { Samples = new double[16_000] });
        AssertRefused(InputErrorCodes.NoContent, new WavFile { Samples = [] });
        foreach (var sample in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            AssertRefused(InputErrorCodes.Corrupt, new WavFile { Samples = [.. WavFile.Sine(100, 1), sample], Format = WavSampleFormat.Float32 });
        }

        AssertRefused(
            InputErrorCodes.Corrupt,
            new WavFile { Samples = [.. WavFile.Sine(100, 1, 44_100, 3e38)], SampleRate = 44_100, Format = WavSampleFormat.Float32 });
    }

    [Fact]
    public void Preprocess_TooShortForAFrame_IsWithoutContent()
    {
        var e = Assert.Throws<InputException>(() =>
            Preprocess(ExtractorConfigs.SpeechToText, new WavFile { Samples = WavFile.Sine(500, 0.02, 16_000), SampleRate = 16_000 }));

        Assert.Equal(InputErrorCodes.NoContent, e.Error.Code);
    }

    [Fact]
    public void Preprocess_AnyLengthAndRate_GivesFiniteFeatures() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Int[1000, 100_000], Gen.Double[0.01, 1]).Sample(
            (length, rate, level) =>
            {
                var random = new Random(length);
                var file = new WavFile
                {
                    Samples = [.. Enumerable.Range(0, length).Select(_ => level * ((random.NextDouble() * 2) - 1))],
                    SampleRate = rate,
                    Format = WavSampleFormat.Float32,
                };

                var values = Preprocess(ExtractorConfigs.Waveform, file).Tensors["input_values"].AsSpan<float>();

                Assert.Equal((int)Math.Ceiling(length * 16_000.0 / rate), values.Length);
                Assert.All(values.ToArray(), value => Assert.True(float.IsFinite(value)));
            },
            iter: 30);

    [Theory]
    [InlineData(31.0, null, 64, "windowSeconds")]
    [InlineData(0.0, null, 64, "windowSeconds")]
    [InlineData(10.0, 0.0, 64, "hopSeconds")]
    [InlineData(null, 5.0, 64, "hopSeconds")]
    [InlineData(10.0, null, 0, "maximumWindows")]
    public void Constructor_SettingOutOfRange_NamesTheMember(double? window, double? hop, int most, string member)
    {
        var settings = new AudioSettings { Config = "", WindowSeconds = window, HopSeconds = hop, MaximumWindows = most };

        var e = Assert.Throws<PipelineException>(() => Make(ExtractorConfigs.Whisper, settings));

        Assert.Contains(member, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_VoiceActivityWithoutRuntime_IsRefused()
    {
        var settings = new AudioSettings { Config = "", VoiceActivity = new VoiceActivitySettings { Model = "vad.onnx" } };

        Assert.Contains(
            "voiceActivity", Assert.Throws<PipelineException>(() => Make(ExtractorConfigs.Whisper, settings)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preprocess_VoiceActivity_TellsTheShareAndCutsWhatIsNone()
    {
        // Loud enough is speech to this network: 1 s of noise that is too quiet, 1 s of a tone, 2 s of noise.
        var random = new Random(5);
        double[] Noise(int seconds) => [.. Enumerable.Range(0, seconds * 8000).Select(_ => 0.002 * (random.NextDouble() - 0.5))];
        var file = new WavFile { Samples = [.. Noise(1), .. WavFile.Sine(500, 1), .. Noise(2)] };

        var heard = Preprocess(ExtractorConfigs.Waveform, file, Settings(trim: false), new LoudIsSpeech());
        var cut = Preprocess(ExtractorConfigs.Waveform, file, Settings(trim: true), new LoudIsSpeech());
        var ours = new LogMelPreprocessor(
            new LogMelSettings { VoiceActivity = Settings(trim: true).VoiceActivity }, new AudioReader(new InputLimits()), new LoudIsSpeech())
            .Preprocess(new InputContent("a.wav", file.ToBytes()), MediaTypes.Wav);

        Assert.Equal(0.25, heard.Facts.SpeechShare!.Value, 0.02);
        Assert.Equal(64_000, heard.Tensors["input_values"].Shape[0]);
        Assert.Equal(heard.Facts.SpeechShare, cut.Facts.SpeechShare);
        Assert.InRange(cut.Tensors["input_values"].Shape[0], 1.2 * 16_000, 1.3 * 16_000);
        Assert.Contains("without speech", Assert.Single(cut.Facts.Notes), StringComparison.Ordinal);
        Assert.Equal((4.0, heard.Facts.SpeechShare), (ours.Facts.Seconds, ours.Facts.SpeechShare));

        static AudioSettings Settings(bool trim) => new()
        {
            Config = "",
            VoiceActivity = new VoiceActivitySettings { Model = "m.onnx", Trim = trim, Margin = 0.1 },
        };
    }

    [Fact]
    public void Preprocess_NobodySpeaks_IsWithoutContentWhereSpeechIsCutOut()
    {
        var settings = new AudioSettings { Config = "", VoiceActivity = new VoiceActivitySettings { Model = "m.onnx", Trim = true } };
        var file = new WavFile { Samples = WavFile.Sine(500, 1, 8000, 0.001), Format = WavSampleFormat.Float32 };

        var e = Assert.Throws<InputException>(() => Preprocess(ExtractorConfigs.Waveform, file, settings, new LoudIsSpeech()));

        Assert.Equal(InputErrorCodes.NoContent, e.Error.Code);
        Assert.Contains("no speech", e.Error.Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string code, WavFile file)
    {
        foreach (var config in new[] { ExtractorConfigs.Whisper, ExtractorConfigs.Waveform, ExtractorConfigs.Clap })
        {
            Assert.Equal(code, Assert.Throws<InputException>(() => Preprocess(config, file)).Error.Code);
        }
    }

    private static Features Preprocess(string config, WavFile file, AudioSettings? settings = null, IVoiceActivityModel? voice = null)
    {
        using var preprocessor = Make(config, settings ?? new AudioSettings { Config = "" }, voice);
        return preprocessor.Preprocess(new InputContent("a.wav", file.ToBytes()), MediaTypes.Wav);
    }

    private static AudioPreprocessor Make(string config, AudioSettings settings, IVoiceActivityModel? voice = null)
    {
        using var file = new TemporaryFile(config);
        return new AudioPreprocessor(settings, FeatureExtractorConfig.Load(file.Path), new AudioReader(new InputLimits()), voice);
    }

    private sealed class LoudIsSpeech : IVoiceActivityModel
    {
        public IVoiceActivityRun Start() => new Run();

        public void Dispose()
        {
        }

        private sealed class Run : IVoiceActivityRun
        {
            public float Process(ReadOnlySpan<float> samples)
            {
                Assert.Equal(576, samples.Length);
                var power = 0.0;
                foreach (var sample in samples[64..])
                {
                    power += sample * sample;
                }

                return power / 512 > 1e-3 ? 0.9f : 0.1f;
            }

            public void Dispose()
            {
            }
        }
    }
}
