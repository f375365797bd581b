using Multimodal.Local.Evaluation.Randomness;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Methods;

/// <summary>Which inputs of each pair are missing at random, at several rates: what is missing at one is missing at every higher one.</summary>
internal sealed class MissingInputs
{
    private readonly List<ModalitySet[]> _sets = [];

    /// <summary>Draws which inputs of so many pairs are missing.</summary>
    public MissingInputs(int pairs, long seed)
    {
        const int Steps = 100;
        var modalities = Enum.GetValues<Modality>();
        var drawn = Enumerable.Range(0, pairs).Select(pair =>
        {
            var random = RandomStream.For(seed, RandomPurpose.MissingInput, pair);
            return modalities.Select(_ => random.Next(Steps)).ToArray();
        }).ToList();
        foreach (var rate in Rates)
        {
            _sets.Add([.. drawn.Select(numbers => ModalitySet.Of(modalities.Where((_, i) => numbers[i] >= Math.Round(rate * Steps))))]);
        }
    }

    /// <summary>The rates, 0 to 0.9: the probability that an input is missing.</summary>
    public static IReadOnlyList<double> Rates { get; } = [.. Enumerable.Range(0, 10).Select(tenths => tenths / 10.0)];

    /// <summary>The place among <see cref="Rates"/> of half of all inputs.</summary>
    public static int Half => 5;

    /// <summary>What is there of each pair at a rate, by its place.</summary>
    public IReadOnlyList<ModalitySet> SetsAt(int rate) => _sets[rate];
}
