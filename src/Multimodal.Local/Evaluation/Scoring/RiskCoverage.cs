namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>
/// What leaving out unsure verdicts buys: of the verdicts whose confidence reaches a threshold, the share of all (coverage) and the share of
/// them that is wrong (risk). Y. Geifman and R. El-Yaniv, "Selective classification for deep neural networks", 2017.
/// </summary>
internal sealed class RiskCoverage
{
    private readonly double[] _confidences;

    // How many of the first i verdicts, the surest first, are wrong.
    private readonly int[] _wrong;

    /// <summary>Looks at verdicts.</summary>
    /// <param name="verdicts">Each verdict's confidence, 0 to 1, and whether it is right; one or more.</param>
    public RiskCoverage(IEnumerable<(double Confidence, bool IsRight)> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        var sorted = verdicts.OrderByDescending(verdict => verdict.Confidence).ToList();
        if (sorted.Count == 0)
        {
            throw new ArgumentException("There are no verdicts.", nameof(verdicts));
        }

        _confidences = [.. sorted.Select(verdict => verdict.Confidence)];
        _wrong = new int[sorted.Count + 1];
        for (var i = 0; i < sorted.Count; i++)
        {
            _wrong[i + 1] = _wrong[i] + (sorted[i].IsRight ? 0 : 1);
        }
    }

    /// <summary>How many verdicts there are.</summary>
    public int Count => _confidences.Length;

    /// <summary>The verdicts of at least this confidence.</summary>
    public RiskCoveragePoint At(double threshold)
    {
        var covered = CountAt(threshold);
        return new RiskCoveragePoint(threshold, (double)covered / Count, covered == 0 ? null : (double)_wrong[covered] / covered, covered, _wrong[covered]);
    }

    /// <summary>
    /// The lowest threshold at which the risk is at most this: what covers most. Null where there is none. Verdicts of one confidence stand
    /// or fall together.
    /// </summary>
    public RiskCoveragePoint? Within(double risk)
    {
        for (var covered = Count; covered > 0; covered = CountAbove(_confidences[covered - 1]))
        {
            if (_wrong[covered] <= risk * covered)
            {
                return At(_confidences[covered - 1]);
            }
        }

        return null;
    }

    /// <summary>The risk averaged over all coverages: the area under the curve; 0 is best, the error without leaving out is that of chance order.</summary>
    public double Area
    {
        get
        {
            var sum = 0.0;
            for (var covered = 0; covered < Count;)
            {
                var end = CountAt(_confidences[covered]);
                sum += (end - covered) * (double)_wrong[end] / end;
                covered = end;
            }

            return sum / Count;
        }
    }

    /// <summary>The curve: a point for each different confidence, the surest first.</summary>
    public IReadOnlyList<RiskCoveragePoint> Curve => [.. _confidences.Distinct().Select(At)];

    private int CountAt(double threshold) => CountWhile(confidence => confidence >= threshold);

    private int CountAbove(double threshold) => CountWhile(confidence => confidence > threshold);

    private int CountWhile(Func<double, bool> holds)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(_confidences[middle]) ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
