using Multimodal.Local.Evaluation.Degradation;
using Multimodal.Testing;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class SpeechInterferenceTests
{
    private static readonly float[] Speech = Sine(200, 1, 0.3);

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void Add_ThreeTalkers_BringsTheirSumToTheAmplitude(double amplitude)
    {
        var mixed = SpeechInterference.Add(Speech, [Sine(300, 1, 0.9), Sine(410, 0.7, 0.01), Sine(520, 2, 0.4)], amplitude);

        Assert.Equal(amplitude * amplitude * Power(Speech), Power(Minus(mixed, Speech)), 1e-6);
    }

    [Fact]
    public void Add_LoudAndQuietTalker_GivesThemEqualPower()
    {
        var interference = Minus(SpeechInterference.Add(Speech, [Sine(300, 1, 0.9), Sine(410, 1, 0.01)], 1), Speech);

        // Sines of whole periods are orthogonal: each one's part is its projection.
        Assert.Equal(Amplitude(interference, 300), Amplitude(interference, 410), 1e-5);
        Assert.True(Amplitude(interference, 300) > 0.1);
    }

    [Fact]
    public void Add_ShorterTalker_IsPaddedWithSilence()
    {
        var mixed = SpeechInterference.Add(Speech, [Sine(300, 0.25, 0.5)], 1);

        Assert.Equal(Speech[2000..], mixed[2000..]);
        Assert.NotEqual(Speech[..2000], mixed[..2000]);
    }

    [Fact]
    public void Add_SilentTalkers_LeavesTheSpeech() =>
        Assert.Equal(Speech, SpeechInterference.Add(Speech, [new float[8000], []], 1));

    private static float[] Sine(double hertz, double seconds, double amplitude) =>
        [.. WavFile.Sine(hertz, seconds, amplitude: amplitude).Select(sample => (float)sample)];

    private static double[] Minus(float[] one, float[] other) => [.. one.Zip(other, (a, b) => (double)a - b)];

    private static double Power(IEnumerable<float> samples) => samples.Average(sample => (double)sample * sample);

    private static double Power(IEnumerable<double> samples) => samples.Average(sample => sample * sample);

    private static double Amplitude(double[] samples, double hertz) =>
        2 * samples.Zip(WavFile.Sine(hertz, 1, amplitude: 1), (a, b) => a * b).Average();
}
