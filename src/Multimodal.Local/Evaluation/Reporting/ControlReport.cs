using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>What the pipeline's own method makes of pairs in which the items of one modality were dealt out regardless of label.</summary>
internal sealed record ControlReport
{
    /// <summary>The modality.</summary>
    public required Modality Modality { get; init; }

    /// <summary>It alone: chance is one over the number of labels.</summary>
    public required ScoreReport Alone { get; init; }

    /// <summary>All modalities.</summary>
    public required ScoreReport Together { get; init; }

    /// <summary>The others, without it.</summary>
    public required ScoreReport Without { get; init; }

    /// <summary>Its mean contribution to the probability of the true label, where its items are in their places.</summary>
    public required ContributionReport Contribution { get; init; }

    /// <summary>The same where they were dealt out.</summary>
    public required ContributionReport ShuffledContribution { get; init; }
}
