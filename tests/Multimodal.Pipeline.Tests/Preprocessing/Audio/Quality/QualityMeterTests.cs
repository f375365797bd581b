using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio.Quality;
using Multimodal.Pipeline.Preprocessing.Audio.Sources;
using Multimodal.Testing;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio.Quality;

public sealed class QualityMeterTests
{
    // BS.1770-4, annex 1: a sine of 997 Hz and full scale in one channel of the front is -3.01 LKFS.
    [Theory]
    [InlineData(48_000, 1, 0.0, -3.01)]
    [InlineData(44_100, 1, 0.0, -3.01)]
    [InlineData(16_000, 1, -20.0, -23.01)]
    [InlineData(48_000, 2, -23.0, -23.0)]
    [InlineData(96_000, 2, -33.0, -33.0)]
    public void Finish_ToneOf997Hertz_HasTheStandardsLoudness(int rate, int channels, double decibels, double expected) =>
        Assert.Equal(expected, Measure(Tone(rate, 20, decibels), rate, channels).Loudness!.Value, 0.1);

    // EBU Tech 3341, cases 3 and 4: parts that are much quieter than the rest do not count.
    [Fact]
    public void Finish_QuietPartsAroundALoudOne_AreGatedOut()
    {
        double[] case3 = [.. Tone(48_000, 10, -36), .. Tone(48_000, 60, -23), .. Tone(48_000, 10, -36)];
        double[] case4 = [.. Tone(48_000, 10, -72), .. case3, .. Tone(48_000, 10, -72)];

        Assert.Equal(-23, Measure(case3, 48_000, 2).Loudness!.Value, 0.1);
        Assert.Equal(-23, Measure(case4, 48_000, 2).Loudness!.Value, 0.1);
    }

    [Fact]
    public void Finish_ShortOrSilent_HasNoLoudness()
    {
        Assert.Null(Measure(Tone(48_000, 0.3, -10), 48_000, 1).Loudness);
        Assert.Null(Measure(new double[48_000], 48_000, 1).Loudness);
        Assert.Null(Measure([.. Enumerable.Repeat(1e200, 48_000)], 48_000, 1, WavSampleFormat.Float64).Loudness);
    }

    [Theory]
    [InlineData(WavSampleFormat.Pcm8)]
    [InlineData(WavSampleFormat.Pcm16)]
    [InlineData(WavSampleFormat.Pcm24)]
    [InlineData(WavSampleFormat.Float32)]
    [InlineData(WavSampleFormat.MuLaw)]
    [InlineData(WavSampleFormat.ALaw)]
    public void Finish_ClippedSamples_AreCountedInEveryEncoding(WavSampleFormat format)
    {
        // 300 of 1000, of both signs.
        double[] samples = [.. Enumerable.Range(0, 1000).Select(i => i % 10 < 3 ? (i % 2 == 0 ? 1 : -1) : 0.5)];

        Assert.Equal(0.3, Measure(samples, 8000, 1, format).ClippedShare, 1e-9);
    }

    [Fact]
    public void Finish_SilentBlocks_AreCounted()
    {
        double[] samples = [.. Tone(16_000, 1, -20), .. Tone(16_000, 1, -61), .. new double[32_000]];

        var quality = Measure(samples, 16_000, 1, WavSampleFormat.Float64);

        Assert.Equal(0.75, quality.SilentShare, 1e-9);
        Assert.Equal(0.1, quality.Peak, 1e-3);
    }

    private static double[] Tone(int rate, double seconds, double decibels) => WavFile.Sine(997, seconds, rate, Math.Pow(10, decibels / 20));

    private static AudioQuality Measure(double[] mono, int rate, int channels, WavSampleFormat format = WavSampleFormat.Float32)
    {
        var file = new WavFile { Samples = [.. mono.SelectMany(sample => Enumerable.Repeat(sample, channels))], SampleRate = rate, Channels = channels, Format = format };
        using var source = WavSource.Open(new InputContent("a.wav", file.ToBytes()), new InputLimits());
        var meter = new QualityMeter(source);
        var block = new double[4096 * channels];
        for (int frames; (frames = source.Read(block)) > 0;)
        {
            meter.Add(block.AsSpan(0, frames * channels));
        }

        return meter.Finish();
    }
}
