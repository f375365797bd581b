namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>All trials of one subset of the modalities, by condition.</summary>
internal sealed record SubsetTrials
{
    public required ModalitySubset Subset { get; init; }

    /// <summary>A single modality on its own items, each once; null for several modalities.</summary>
    public IReadOnlyDictionary<Condition, Trial>? Items { get; init; }

    /// <summary>On the pairs.</summary>
    public required IReadOnlyDictionary<Condition, Trial> Pairs { get; init; }

    /// <summary>On the shuffled pairs, against the picture's label; null for a single modality.</summary>
    public IReadOnlyDictionary<Condition, Trial>? Control { get; init; }

    /// <summary>The trials that the subset's headline figures are of.</summary>
    public IReadOnlyDictionary<Condition, Trial> Headline => Items ?? Pairs;

    /// <summary>Every trial.</summary>
    public IEnumerable<Trial> All => [.. Pairs.Values, .. Items?.Values ?? [], .. Control?.Values ?? []];
}
