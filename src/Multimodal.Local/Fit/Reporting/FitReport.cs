using Multimodal.Local.Evaluation.Reporting;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Fit.Reporting;

/// <summary>What was fitted, and how good it is on jobs that it never saw.</summary>
internal sealed record FitReport
{
    /// <summary>The pipeline whose encoders were used.</summary>
    public required string Basis { get; init; }

    /// <summary>The pipeline that was written.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>The task.</summary>
    public required string Task { get; init; }

    /// <summary>The labels.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>How many jobs it was fitted on.</summary>
    public required int Jobs { get; init; }

    /// <summary>How many groups they are of; null where no groups are named.</summary>
    public int? Groups { get; init; }

    /// <summary>How many folds.</summary>
    public required int Folds { get; init; }

    /// <summary>The share of jobs that are judged rightly, with its interval: groups, or jobs where there are none, resampled.</summary>
    public required Estimate Accuracy { get; init; }

    /// <summary>What saying the commonest label always would reach.</summary>
    public required double Chance { get; init; }

    /// <summary>The expected calibration error, 0 to 1, over 15 bins of equal width.</summary>
    public required double CalibrationError { get; init; }

    /// <summary>The mean negative log-likelihood, in nats.</summary>
    public required double Loss { get; init; }

    /// <summary>The weights of fusion; absent where they were not fitted.</summary>
    public IReadOnlyDictionary<Modality, double>? Weights { get; init; }

    /// <summary>The penalty on the head's weights.</summary>
    public required double Penalty { get; init; }

    /// <summary>The temperature that is part of the head.</summary>
    public required double Temperature { get; init; }

    /// <summary>How often a label, by row, was taken for another, by column.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>What leaving unsure verdicts to people buys.</summary>
    public required RiskCoverageReport RiskCoverage { get; init; }

    /// <summary>The confidence below which the pipeline asks for review; absent where no decision was asked for or none keeps the risk.</summary>
    public RiskCoveragePoint? Threshold { get; init; }

    /// <summary>Inputs that were left out, and why.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];
}
