using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Degradation;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Testing;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class RecordingDegraderTests
{
    private static readonly LabelledRecording[] Recordings =
    [
        .. Enumerable.Range(0, 20).Select(i => new LabelledRecording(
            $"{i}.wav", new WavFile { Samples = WavFile.Sine(200 + (10 * i), 0.1) }.ToBytes(), $"{i % 4}")),
    ];

    [Fact]
    public void TalkersFor_EachRecording_AreThreeDifferentOnesOfOtherLabels()
    {
        var degrader = Create(Recordings, 1);

        for (var i = 0; i < Recordings.Length; i++)
        {
            var talkers = degrader.TalkersFor(i);
            Assert.Equal(RecordingDegrader.Talkers, talkers.Distinct().Count());
            Assert.DoesNotContain(Recordings[i].Label, talkers.Select(talker => Recordings[talker].Label));
        }
    }

    [Fact]
    public void Degrade_SameSeed_GivesTheSameSamplesInAnyOrder()
    {
        var (one, other) = (Create(Recordings, 1), Create(Recordings, 1));
        one.Degrade(3);

        Assert.Equal(one.Degrade(7), other.Degrade(7));
        Assert.NotEqual(one.Degrade(7), Create(Recordings, 2).Degrade(7));
    }

    [Fact]
    public void Create_TooFewOfOtherLabels_IsRefused() =>
        Assert.Throws<UsageException>(() => Create(Recordings[..3], 1));

    private static RecordingDegrader Create(LabelledRecording[] recordings, long seed) =>
        new(recordings, new DegradationLevel(1), seed, new InputLimits());
}
