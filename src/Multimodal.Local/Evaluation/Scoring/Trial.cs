using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>Pairs that were judged, each against its true label.</summary>
internal sealed class Trial
{
    private readonly bool[] _correct;

    /// <param name="pairs">What was judged.</param>
    /// <param name="sources">The modalities whose items the verdicts and the true labels depend on: the units of the resampling.</param>
    /// <param name="truth">Each pair's true label.</param>
    /// <param name="verdicts">Each pair's verdict; null where no item of it could be used, which is an error.</param>
    public Trial(IReadOnlyList<Pair> pairs, IReadOnlyList<Modality> sources, IReadOnlyList<string> truth, IReadOnlyList<string?> verdicts)
    {
        Pairs = pairs;
        Sources = sources;
        Truth = truth;
        Verdicts = verdicts;
        _correct = [.. truth.Zip(verdicts, (label, verdict) => label == verdict)];
    }

    public IReadOnlyList<Pair> Pairs { get; }

    public IReadOnlyList<Modality> Sources { get; }

    public IReadOnlyList<string> Truth { get; }

    public IReadOnlyList<string?> Verdicts { get; }

    /// <summary>How many pairs there are.</summary>
    public int Count => _correct.Length;

    /// <summary>Whether the verdict on a pair is right.</summary>
    public bool IsCorrect(int pair) => _correct[pair];

    /// <summary>The share of right verdicts, 0 to 1; NaN where there are no pairs.</summary>
    public double Accuracy => (double)_correct.Count(correct => correct) / Count;
}
