using CsCheck;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Testing;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio;

public sealed class ResamplerTests
{
    // The second half of the list has so many phases that taps are interpolated instead of kept.
    [Theory]
    [InlineData(16_000, 8_000)]
    [InlineData(44_100, 8_000)]
    [InlineData(48_000, 16_000)]
    [InlineData(8_000, 16_000)]
    [InlineData(11_025, 16_000)]
    [InlineData(6_000, 8_000)]
    [InlineData(44_101, 8_000)]
    [InlineData(7_919, 16_000)]
    public void Resample_PassBand_KeepsTonesWithin80dB(int from, int to)
    {
        foreach (var share in new[] { 0.01, 0.3, 0.7, 0.85, 0.9 })
        {
            var hertz = share * Math.Min(from, to) / 2;

            var (error, _) = Compare(from, to, hertz);

            Assert.True(error < -80, $"{hertz} Hz: an error of {error:0.0} dB");
        }
    }

    [Theory]
    [InlineData(16_000, 8_000)]
    [InlineData(44_100, 8_000)]
    [InlineData(48_000, 16_000)]
    [InlineData(96_000, 8_000)]
    [InlineData(44_101, 8_000)]
    public void Resample_StopBand_IsAtLeast90dBDown(int from, int to)
    {
        foreach (var share in new[] { 1.0, 1.02, 1.1, 1.37, 1.9 })
        {
            var hertz = Math.Min(share * to / 2, (from / 2.0) - 10);

            var (_, level) = Compare(from, to, hertz);

            Assert.True(level < -90, $"{hertz} Hz: {level:0.0} dB are left");
        }
    }

    [Theory]
    [InlineData(8_000, 16_000)]
    [InlineData(8_000, 44_100)]
    public void Resample_ToAHigherRate_AddsNoImages(int from, int to)
    {
        // The part of the result that is not the tone itself holds every image of it.
        var (error, _) = Compare(from, to, 3_000);

        Assert.True(error < -90, $"an error of {error:0.0} dB");
    }

    [Fact]
    public void Resample_AnyRates_KeepsAConstant() =>
        Gen.Select(Gen.Int[2_000, 50_000], Gen.Int[2_000, 50_000]).Sample(
            (from, to) =>
            {
                var samples = new float[from / 2];
                Array.Fill(samples, 0.5f);

                var resampled = Resampler.Resample(samples, from, to);

                Assert.Equal((((long)samples.Length * to) + from - 1) / from, resampled.Length);
                Assert.Equal(0.5f, resampled[resampled.Length / 2], 1e-5f);
            },
            iter: 40);

    [Fact]
    public void Resample_SameRate_GivesTheSamples() => Assert.Equal([1f, 2f, 3f], Resampler.Resample([1, 2, 3], 8000, 8000));

    [Theory]
    [InlineData(Resampler.MinimumRate, 8_000, 3)]
    [InlineData(Resampler.MaximumRate, 8_000, 100_000)]
    [InlineData(Resampler.MaximumRate - 1, 8_000, 100_000)]
    [InlineData(8_000, 16_000, 0)]
    [InlineData(8_000, 16_000, 1)]
    public void Resample_ExtremeRatesAndLengths_GivesFiniteSamples(int from, int to, int length)
    {
        var resampled = Resampler.Resample([.. Enumerable.Repeat(0.9f, length)], from, to);

        Assert.Equal((((long)length * to) + from - 1) / from, resampled.Length);
        Assert.All(resampled, sample => Assert.InRange(sample, -2f, 2f));
    }

    [Theory]
    [InlineData(0, 8000)]
    [InlineData(8000, Resampler.MaximumRate + 1)]
    public void Resample_RateOutOfRange_Throws(int from, int to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resample([1f], from, to));

    /// <summary>Against the tone sampled at the new rate: the level of the difference, and that of the result, in dB; edges left out.</summary>
    private static (double Error, double Level) Compare(int from, int to, double hertz)
    {
        var input = WavFile.Sine(hertz, 0.5, from, 1).Select(sample => (float)sample).ToArray();
        var output = Resampler.Resample(input, from, to);
        double difference = 0, power = 0;
        var edge = (int)Math.Ceiling(70.0 * to / Math.Min(from, to));
        for (var i = edge; i < output.Length - edge; i++)
        {
            difference += Math.Pow(output[i] - Math.Sin(2 * Math.PI * hertz * i / to), 2);
            power += (double)output[i] * output[i];
        }

        var full = (output.Length - (2 * edge)) / 2.0;
        return (10 * Math.Log10(difference / full), 10 * Math.Log10(power / full));
    }
}
