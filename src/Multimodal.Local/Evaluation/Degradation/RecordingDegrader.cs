using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Randomness;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;

namespace Multimodal.Local.Evaluation.Degradation;

/// <summary>Degrades recordings: three random other test recordings of other labels talk over each.</summary>
internal sealed class RecordingDegrader
{
    /// <summary>How many talk over a recording.</summary>
    public const int Talkers = 3;

    private readonly Recording[] _recordings;
    private readonly string[] _labels;
    private readonly double _amplitude;
    private readonly long _seed;

    /// <exception cref="UsageException">The recordings are of different sample rates, or too few are of other labels.</exception>
    public RecordingDegrader(IReadOnlyList<LabelledRecording> recordings, DegradationLevel level, long seed, InputLimits limits)
    {
        _recordings = [.. recordings.Select(recording => WavReader.Read(new InputContent(recording.Name, recording.File), limits))];
        _labels = [.. recordings.Select(recording => recording.Label)];
        _amplitude = level.Interference;
        _seed = seed;
        if (_recordings.Select(recording => recording.SampleRate).Distinct().Count() > 1)
        {
            throw new UsageException("The recordings to be evaluated are of different sample rates; one cannot talk over another.");
        }

        if (_labels.Distinct(StringComparer.Ordinal).Any(label => _labels.Count(other => other != label) < Talkers))
        {
            throw new UsageException($"The recordings to be evaluated are too few: each needs {Talkers} others of other labels.");
        }
    }

    /// <summary>Samples a second.</summary>
    public int SampleRate => _recordings[0].SampleRate;

    /// <summary>The numbers of the recordings that talk over the recording of this number.</summary>
    public int[] TalkersFor(int item)
    {
        int[] others = [.. Enumerable.Range(0, _labels.Length).Where(i => _labels[i] != _labels[item])];
        var random = RandomStream.For(_seed, RandomPurpose.Talkers, item);
        return [.. random.Choose(Talkers, others.Length).Select(i => others[i])];
    }

    /// <summary>The samples of the recording of this number, talked over.</summary>
    public float[] Degrade(int item) =>
        SpeechInterference.Add(_recordings[item].Samples, [.. TalkersFor(item).Select(i => _recordings[i].Samples)], _amplitude);
}
