namespace Multimodal.Pipeline.Tests.Speech.Ctc;

/// <summary>Connectionist temporal classification by going through every path there is.</summary>
internal static class BruteForce
{
    /// <summary>The probability of every labelling that a path leads to, by its labels joined with commas.</summary>
    /// <param name="probabilities">[steps][labels]; each step sums to 1.</param>
    /// <param name="blank">The blank's place.</param>
    public static Dictionary<string, double> Labellings(double[][] probabilities, int blank)
    {
        var found = new Dictionary<string, double>();
        Walk(0, 1, []);
        return found;

        void Walk(int step, double product, List<int> path)
        {
            if (step == probabilities.Length)
            {
                var labelling = string.Join(',', Collapse(path, blank));
                found[labelling] = found.GetValueOrDefault(labelling) + product;
                return;
            }

            for (var label = 0; label < probabilities[step].Length; label++)
            {
                Walk(step + 1, product * probabilities[step][label], [.. path, label]);
            }
        }
    }

    public static IEnumerable<int> Collapse(IReadOnlyList<int> path, int blank) =>
        path.Where((label, i) => label != blank && (i == 0 || path[i - 1] != label));
}
