using Multimodal.Local.Evaluation.Randomness;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>One resample: how often each item of each modality was drawn.</summary>
internal sealed class ItemCounts
{
    private readonly IReadOnlyDictionary<Modality, int[]> _counts;

    /// <summary>Takes counts as they are.</summary>
    public ItemCounts(IReadOnlyDictionary<Modality, int[]> counts) => _counts = counts;

    /// <summary>Draws as many items of each modality as there are, with replacement, independently: multinomial counts.</summary>
    /// <param name="sizes">How many items each modality has.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="resample">The resample's number.</param>
    public static ItemCounts Draw(IReadOnlyDictionary<Modality, int> sizes, long seed, int resample) =>
        new(sizes.ToDictionary(size => size.Key, size => Draw(size.Value, RandomStream.For(seed, PurposeOf(size.Key), resample))));

    /// <summary>
    /// The weighted share of right verdicts: a pair weighs the product of its items' counts.
    /// NaN where every pair weighs nothing.
    /// </summary>
    public double Accuracy(Trial trial)
    {
        int[][] counts = [.. trial.Sources.Select(source => _counts[source])];
        long right = 0, all = 0;
        for (var i = 0; i < trial.Count; i++)
        {
            long weight = 1;
            for (var source = 0; source < counts.Length; source++)
            {
                weight *= counts[source][trial.Pairs[i][trial.Sources[source]]];
            }

            all += weight;
            right += trial.IsCorrect(i) ? weight : 0;
        }

        return (double)right / all;
    }

    private static int[] Draw(int size, RandomStream random)
    {
        var counts = new int[size];
        for (var i = 0; i < size; i++)
        {
            counts[random.Next(size)]++;
        }

        return counts;
    }

    private static RandomPurpose PurposeOf(Modality modality) => modality switch
    {
        Modality.Image => RandomPurpose.ImageResample,
        Modality.Audio => RandomPurpose.AudioResample,
        Modality.Text => RandomPurpose.TextResample,
        _ => throw new ArgumentOutOfRangeException(nameof(modality), modality, "Unknown modality."),
    };
}
