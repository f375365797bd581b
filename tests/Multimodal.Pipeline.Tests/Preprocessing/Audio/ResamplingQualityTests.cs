using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Audio.Streams;
using Multimodal.Testing;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio;

public sealed class ResamplingQualityTests
{
    private static readonly int[] Rates = [8_000, 16_000, 22_050, 44_100, 48_000, 96_000];

    public static TheoryData<int, int> Pairs
    {
        get
        {
            var pairs = new TheoryData<int, int>();
            foreach (var from in Rates)
            {
                foreach (var to in Rates.Where(to => to != from))
                {
                    pairs.Add(from, to);
                }
            }

            foreach (var (from, to) in new[] { (44_101, 16_000), (7_919, 16_000), (16_000, 11_111), (37_800, 48_000), (192_000, 16_000) })
            {
                pairs.Add(from, to);
            }

            return pairs;
        }
    }

    // Tones of full scale all over the pass-band: what comes out is the tone at the new rate, and nothing else within 90 dB.
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Resample_TonesInThePassBand_AreKeptWithin90dB(int from, int to)
    {
        var edge = 0.9 * Math.Min(from, to) / 2;
        foreach (var share in new[] { 0.003, 0.11, 0.23, 0.37, 0.5, 0.61, 0.73, 0.87, 0.95, 1.0 })
        {
            var (error, level) = Measure(from, to, share * edge);

            Assert.InRange(level, -0.001, 0.001);
            Assert.True(error < -90, $"{share * edge:0} Hz: an error of {error:0.0} dB");
        }
    }

    // Tones of full scale from the lower rate's Nyquist frequency up: nothing of them folds back.
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Resample_TonesInTheStopBand_Are90dBDown(int from, int to)
    {
        if (to > from)
        {
            return;
        }

        for (var share = 1.0; share * to < from; share *= 1.09)
        {
            var (_, level) = Measure(from, to, share * to / 2);

            Assert.True(level < -90, $"{share * to / 2:0} Hz: {level:0.0} dB are left");
        }
    }

    [Theory]
    [InlineData(48_000, 16_000)]
    [InlineData(16_000, 44_100)]
    [InlineData(44_100, 16_000)]
    public void Resample_Sweep_IsFlatToTheEdgeAndGoneBehindIt(int from, int to)
    {
        // A linear sweep from 0 Hz to the input's Nyquist frequency in four seconds; levels of its parts by their peaks.
        var length = 4 * from;
        var sweep = Enumerable.Range(0, length).Select(i => (float)Math.Sin(Math.PI * i * ((double)i / length) / 2)).ToArray();
        var output = Resampler.Resample(sweep, from, to);
        var nyquist = Math.Min(from, to) / 2.0;
        var block = to / 50;
        for (var at = block; at + block < output.Length; at += block)
        {
            var hertz = (double)at / output.Length * from / 2;
            var power = output.AsSpan(at, block).ToArray().Average(sample => (double)sample * sample);
            var level = 10 * Math.Log10((2 * power) + 1e-30);
            if (hertz > 300 && hertz < 0.88 * nyquist)
            {
                Assert.InRange(level, -0.25, 0.25);
            }
            else if (hertz > 1.02 * nyquist)
            {
                Assert.True(level < -90, $"{hertz:0} Hz: {level:0.0} dB are left");
            }
        }
    }

    [Theory]
    [InlineData(44_100, 16_000)]
    [InlineData(48_000, 16_000)]
    [InlineData(8_000, 16_000)]
    [InlineData(16_000, 8_000)]
    [InlineData(44_101, 8_000)]
    [InlineData(96_000, 8_000)]
    public void Write_BlocksOfAnySize_GivesTheSamplesOfTheWhole(int from, int to)
    {
        var random = new Random(from);
        foreach (var length in new[] { 0, 1, 63, 1000, 50_000 })
        {
            var samples = Enumerable.Range(0, length).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray();
            var expected = Resampler.Resample(samples, from, to);
            float[]? streamed = null;
            var sink = new ResamplingSink(from, to, new CollectingSink(all => streamed = all.ToArray()));
            for (var at = 0; at < length;)
            {
                var part = Math.Min(random.Next(1, 7000), length - at);
                sink.Write(samples.AsSpan(at, part));
                at += part;
            }

            sink.Complete();

            Assert.Equal(expected, streamed);
        }
    }

    [Fact]
    public void Resample_SamePositionInMemoryOrAnother_GivesTheSameBits()
    {
        var random = new Random(7);
        var samples = Enumerable.Range(0, 5000).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray();
        var expected = Resampler.Resample(samples, 44_100, 8_000);
        for (var shift = 1; shift < 9; shift++)
        {
            var moved = new float[samples.Length + shift];
            samples.CopyTo(moved, shift);

            Assert.Equal(expected, Resampler.Resample(moved.AsSpan(shift), 44_100, 8_000));
        }
    }

    private static (double Error, double Level) Measure(int from, int to, double hertz)
    {
        var input = WavFile.Sine(hertz, 0.25, from, 1).Select(sample => (float)sample).ToArray();
        var output = Resampler.Resample(input, from, to);
        double difference = 0, power = 0, reference = 0;
        var edge = (int)Math.Ceiling(70.0 * to / Math.Min(from, to));
        for (var i = edge; i < output.Length - edge; i++)
        {
            var tone = Math.Sin(2 * Math.PI * hertz * i / to);
            difference += (output[i] - tone) * (output[i] - tone);
            power += (double)output[i] * output[i];
            reference += tone * tone;
        }

        var full = (output.Length - (2 * edge)) / 2.0;
        return (10 * Math.Log10(difference / full), 10 * Math.Log10(power / (hertz < Math.Min(from, to) / 2.0 ? reference : full)));
    }
}
