using System.Runtime.InteropServices;
using CsCheck;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Tests.Golden;
using Multimodal.Testing;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio;

public sealed class LogMelPreprocessorTests
{
    private static readonly LogMelPreprocessor Preprocessor = new(new LogMelSettings(), new InputLimits());
    private static readonly InputFacts Facts = new() { MediaType = MediaTypes.Wav };

    // Both sides compute in double precision and round once; 2e-6 is a few units in the last place of a float32 of size 5.
    [Fact]
    public void Preprocess_EveryGoldenCase_IsWithin2e6OfTheReference()
    {
        var cases = GoldenFile.Read<LogMelCase>("logmel.json");
        Assert.True(cases.Length >= 5);

        foreach (var c in cases)
        {
            var pcm = MemoryMarshal.Cast<byte, short>(GoldenFile.Unpack(c.Samples)).ToArray();
            var expected = MemoryMarshal.Cast<byte, float>(GoldenFile.Unpack(c.Expected)).ToArray();

            var tensor = Preprocessor.Preprocess([.. pcm.Select(s => s / 32768f)], 8000, c.Name, Facts).Tensors[LogMelPreprocessor.InputFeatures];

            Assert.Equal([40, c.Frames], tensor.Shape);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.True(Math.Abs(expected[i] - tensor.AsSpan<float>()[i]) < 2e-6, $"{c.Name} at {i}");
            }
        }
    }

    [Fact]
    public void Preprocess_Wav_GivesTheFeaturesOfItsSamplesAndFacts()
    {
        var sine = WavFile.Sine(700, 0.5);
        var file = new WavFile { Samples = [.. new double[4000], .. sine, .. new double[4000]], Format = WavSampleFormat.Float64 }.ToBytes();

        var features = Preprocessor.Preprocess(new InputContent("a.wav", file), MediaTypes.Wav);

        var tensor = features.Tensors[LogMelPreprocessor.InputFeatures];
        Assert.Equal(Modality.Audio, features.Modality);
        Assert.Equal((8000, 1, 1.5), (features.Facts.SampleRate, features.Facts.Channels, features.Facts.Seconds));
        Assert.Equal(file.Length, features.Facts.Bytes);
        Assert.Contains("0.9 s of silence", Assert.Single(features.Facts.Notes), StringComparison.Ordinal);

        // Five blocks are kept on either side of the sine: 4,800 samples.
        Assert.Equal([40, 1 + ((4800 - 200) / 80)], tensor.Shape);
    }

    [Fact]
    public void Preprocess_OtherRate_GivesNearlyTheFeaturesOfTheRightOne()
    {
        var at8k = Features(WavFile.Sine(700, 0.5), 8000);
        var at44k = Features(WavFile.Sine(700, 0.5, 44_100), 44_100);

        Assert.Equal(at8k.Length, at44k.Length);

        // The loud bands alone: the floor, 70 dB below, holds what the cut at the edges left.
        for (var i = 0; i < at8k.Length; i++)
        {
            if (at8k[i] > 1)
            {
                Assert.Equal(at8k[i], at44k[i], 0.02f);
            }
        }
    }

    [Fact]
    public void Preprocess_AnySound_IsStandardised() =>
        Gen.Double[-1, 1].Array[1, 3000].Where(s => s.Any(v => Math.Abs(v) > 0.01)).Sample(
            samples =>
            {
                var features = Features(samples, 8000);

                Assert.Equal(0, features.Average(), 1e-4);
                Assert.InRange(features.Average(v => (double)v * v), 0.99, 1.0001);
            },
            iter: 50);

    [Fact]
    public void Preprocess_Silence_IsWithoutContent()
    {
        AssertRefused(InputErrorCodes.NoContent, new float[8000]);
        AssertRefused(InputErrorCodes.NoContent, [.. Enumerable.Repeat(0.99e-4f, 800)]);
        AssertRefused(InputErrorCodes.NoContent, []);
    }

    [Theory]
    [InlineData(8000, float.NaN)]
    [InlineData(8000, float.NegativeInfinity)]
    [InlineData(44_100, float.MaxValue)]
    public void Preprocess_SamplesBeyondMeasure_IsCorrupt(int rate, float level)
    {
        var samples = Enumerable.Range(0, 4000).Select(i => i % 200 < 100 ? level : -level).ToArray();

        var e = Assert.Throws<InputException>(() => Preprocessor.Preprocess(samples, rate, "a.wav", Facts));

        Assert.Equal(InputErrorCodes.Corrupt, e.Error.Code);
    }

    [Fact]
    public void Preprocess_LoudestFiniteSamples_GivesFiniteFeatures() =>
        Assert.All(Features([.. Enumerable.Range(0, 4000).Select(i => i % 7 < 3 ? 3e38 : -3e38)], 8000), v => Assert.True(float.IsFinite(v)));

    [Fact]
    public void Preprocess_UtteranceLongerThanTheEncoderTakes_IsTooLarge() =>
        AssertRefused(InputErrorCodes.TooLarge, [.. Enumerable.Repeat(0.5f, (10 * 8000) + 1)]);

    [Fact]
    public void Preprocess_LongSilenceAroundAShortUtterance_IsRead()
    {
        var samples = new float[30 * 8000];
        samples.AsSpan(100_000, 4000).Fill(0.5f);

        Assert.Equal(40, Preprocessor.Preprocess(samples, 8000, "a", Facts).Tensors[LogMelPreprocessor.InputFeatures].Shape[0]);
    }

    [Theory]
    [InlineData(300, 200, 80, 60.0, 3800.0, "fft")]
    [InlineData(256, 257, 80, 60.0, 3800.0, "window")]
    [InlineData(256, 200, 0, 60.0, 3800.0, "hop")]
    [InlineData(256, 200, 80, 60.0, 4001.0, "maximumFrequency")]
    [InlineData(256, 200, 80, 3800.0, 60.0, "minimumFrequency")]
    [InlineData(256, 200, 80, double.NaN, 3800.0, "minimumFrequency")]
    public void Constructor_SettingOutOfRange_NamesTheMember(int fft, int window, int hop, double lowest, double highest, string member)
    {
        var settings = new LogMelSettings { Fft = fft, Window = window, Hop = hop, MinimumFrequency = lowest, MaximumFrequency = highest };

        var e = Assert.Throws<PipelineException>(() => new LogMelPreprocessor(settings, new InputLimits()));

        Assert.Contains(member, e.Message, StringComparison.Ordinal);
    }

    private static float[] Features(double[] samples, int rate) =>
        Preprocessor.Preprocess([.. samples.Select(s => (float)s)], rate, "a", Facts)
            .Tensors[LogMelPreprocessor.InputFeatures].AsSpan<float>().ToArray();

    private static void AssertRefused(string code, float[] samples)
    {
        var e = Assert.Throws<InputException>(() => Preprocessor.Preprocess(samples, 8000, "a.wav", Facts));

        Assert.Equal(code, e.Error.Code);
        Assert.Contains("a.wav", e.Error.Message, StringComparison.Ordinal);
    }

    private sealed record LogMelCase(string Name, string Samples, int Frames, string Expected);
}
