namespace Multimodal.Pipeline.Speech.Ctc;

/// <summary>
/// Prefix beam search (A. Graves et al., 2006; A. Hannun et al., "First-pass large vocabulary continuous speech recognition using
/// bi-directional recurrent DNNs", 2014): alignments of the same labelling are added up, and of the labellings that begin the text the
/// likeliest are kept from step to step. With a beam that drops nothing the likeliest labelling is found.
/// </summary>
internal static class CtcBeamSearch
{
    // Of a step's labels so many are tried, the likeliest: the others would not survive in any beam of use.
    private const int MostExtensions = 256;

    /// <summary>Decodes.</summary>
    public static List<int> Decode(CtcLattice lattice, int blank, int beam)
    {
        List<CtcPrefix> kept = [CtcPrefix.Root()];
        for (var step = 0; step < lattice.Steps; step++)
        {
            var touched = new List<CtcPrefix>();
            var labels = Likeliest(lattice[step], blank);
            foreach (var prefix in kept)
            {
                Grow(prefix, lattice[step], labels, blank, touched);
            }

            // What is not carried on must not be found with old sums when it is met again.
            kept.ForEach(prefix => prefix.Clear());
            touched.ForEach(prefix => prefix.Advance());
            kept = touched.Count <= beam ? touched : [.. touched.OrderByDescending(prefix => prefix.Total).Take(beam)];
            if (kept.Count < touched.Count)
            {
                var stay = kept.ToHashSet();
                touched.ForEach(prefix =>
                {
                    if (!stay.Contains(prefix))
                    {
                        prefix.Drop();
                    }
                });
            }
        }

        return kept.MaxBy(prefix => prefix.Total)!.Labels();
    }

    private static void Grow(CtcPrefix prefix, ReadOnlySpan<double> step, List<int> labels, int blank, List<CtcPrefix> touched)
    {
        var total = prefix.Total;
        Note(prefix, prefix.AddBlank(total + step[blank]));
        if (prefix.Label >= 0)
        {
            Note(prefix, prefix.AddLabel(prefix.EndsLabel + step[prefix.Label]));
        }

        foreach (var label in labels)
        {
            // A label that follows itself is a new one only behind a blank.
            var before = label == prefix.Label ? prefix.EndsBlank : total;
            if (!double.IsNegativeInfinity(before + step[label]))
            {
                var longer = prefix.Extend(label);
                Note(longer, longer.AddLabel(before + step[label]));
            }
        }

        void Note(CtcPrefix which, bool isFirst)
        {
            if (isFirst)
            {
                touched.Add(which);
            }
        }
    }

    private static List<int> Likeliest(ReadOnlySpan<double> step, int blank)
    {
        var floor = double.NegativeInfinity;
        if (step.Length > MostExtensions)
        {
            var sorted = step.ToArray();
            Array.Sort(sorted);
            floor = sorted[^MostExtensions];
        }

        var labels = new List<int>(Math.Min(step.Length, MostExtensions));
        for (var label = 0; label < step.Length; label++)
        {
            if (label != blank && step[label] >= floor)
            {
                labels.Add(label);
            }
        }

        return labels;
    }
}
