using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Speech.Ctc;

/// <summary>
/// How a labelling lies over the steps. Between its labels and at both ends stand blanks, which may be left out except between two like
/// labels (A. Graves et al., 2006).
/// </summary>
internal static class CtcAlignment
{
    private const long MostCells = 1L << 28;

    /// <summary>The logarithm of a labelling's probability: the sum over all of its alignments (the forward algorithm).</summary>
    public static double LogProbability(CtcLattice lattice, IReadOnlyList<int> labels, int blank)
    {
        var states = (2 * labels.Count) + 1;
        if (lattice.Steps == 0)
        {
            return labels.Count == 0 ? 0 : double.NegativeInfinity;
        }

        var (now, next) = (Begin(lattice, labels, blank), new double[states]);
        for (var step = 1; step < lattice.Steps; step++)
        {
            var scores = lattice[step];
            for (var state = 0; state < states; state++)
            {
                var sum = state > 0 ? LogSum.Of(now[state], now[state - 1]) : now[state];
                sum = MaySkip(labels, state) ? LogSum.Of(sum, now[state - 2]) : sum;
                next[state] = sum + scores[LabelOf(labels, state, blank)];
            }

            (now, next) = (next, now);
        }

        return states > 1 ? LogSum.Of(now[^1], now[^2]) : now[0];
    }

    /// <summary>The likeliest alignment (A. Viterbi, 1967).</summary>
    /// <returns>Each label with its steps.</returns>
    /// <exception cref="PipelineException">There are fewer steps than the labelling takes, or too many to align at once.</exception>
    public static List<CtcToken> Align(CtcLattice lattice, IReadOnlyList<int> labels, int blank)
    {
        if (labels.Count == 0)
        {
            return [];
        }

        var states = (2 * labels.Count) + 1;
        if (MostCells / states < lattice.Steps)
        {
            throw new PipelineException(
                $"{labels.Count} labels over {lattice.Steps} steps are too many to align at once. Let the preprocessing cut recordings into windows: windowSeconds.");
        }

        var back = new byte[lattice.Steps * states];
        var (now, next) = (Begin(lattice, labels, blank), new double[states]);
        for (var step = 1; step < lattice.Steps; step++)
        {
            var scores = lattice[step];
            for (var state = 0; state < states; state++)
            {
                var (best, from) = (now[state], (byte)0);
                if (state > 0 && now[state - 1] > best)
                {
                    (best, from) = (now[state - 1], 1);
                }

                if (MaySkip(labels, state) && now[state - 2] > best)
                {
                    (best, from) = (now[state - 2], 2);
                }

                next[state] = best + scores[LabelOf(labels, state, blank)];
                back[(step * states) + state] = from;
            }

            (now, next) = (next, now);
        }

        var end = now[^1] > now[^2] ? states - 1 : states - 2;
        return double.IsNegativeInfinity(now[end])
            ? throw new PipelineException($"{labels.Count} labels do not fit into {lattice.Steps} steps.")
            : Trace(lattice, labels, back, end);
    }

    private static List<CtcToken> Trace(CtcLattice lattice, IReadOnlyList<int> labels, byte[] back, int end)
    {
        var states = (2 * labels.Count) + 1;
        var (first, last, sums) = (new int[labels.Count], new int[labels.Count], new double[labels.Count]);
        Array.Fill(last, -1);
        var state = end;
        for (var step = lattice.Steps - 1; step >= 0; step--)
        {
            if (state % 2 == 1)
            {
                var place = state / 2;
                first[place] = step;
                last[place] = Math.Max(last[place], step);
                sums[place] += Math.Exp(lattice[step][labels[place]]);
            }

            state -= back[(step * states) + state];
        }

        return [.. labels.Select((label, i) => new CtcToken(label, first[i], last[i] + 1, sums[i] / (last[i] + 1 - first[i])))];
    }

    private static double[] Begin(CtcLattice lattice, IReadOnlyList<int> labels, int blank)
    {
        var begin = new double[(2 * labels.Count) + 1];
        Array.Fill(begin, double.NegativeInfinity);
        begin[0] = lattice[0][blank];
        if (labels.Count > 0)
        {
            begin[1] = lattice[0][labels[0]];
        }

        return begin;
    }

    private static int LabelOf(IReadOnlyList<int> labels, int state, int blank) => state % 2 == 1 ? labels[state / 2] : blank;

    private static bool MaySkip(IReadOnlyList<int> labels, int state) =>
        state % 2 == 1 && state > 1 && labels[state / 2] != labels[(state / 2) - 1];
}
