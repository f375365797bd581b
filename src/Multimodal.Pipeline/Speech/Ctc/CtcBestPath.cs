using System.Numerics.Tensors;

namespace Multimodal.Pipeline.Speech.Ctc;

/// <summary>Best-path decoding (A. Graves et al., 2006): the likeliest label of each step, repeats joined, blanks dropped.</summary>
internal static class CtcBestPath
{
    /// <summary>Decodes.</summary>
    public static List<int> Decode(CtcLattice lattice, int blank)
    {
        var labels = new List<int>();
        var last = blank;
        for (var step = 0; step < lattice.Steps; step++)
        {
            var best = TensorPrimitives.IndexOfMax(lattice[step]);
            if (best != last && best != blank)
            {
                labels.Add(best);
            }

            last = best;
        }

        return labels;
    }
}
