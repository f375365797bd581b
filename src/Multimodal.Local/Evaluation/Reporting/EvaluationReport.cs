using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>An evaluation, as <c>evaluation.json</c> holds it. The same settings, files and machine give the same bytes.</summary>
internal sealed record EvaluationReport
{
    public required PipelineReference Pipeline { get; init; }

    public required long Seed { get; init; }

    public required double Level { get; init; }

    public required int Resamples { get; init; }

    /// <summary>The share of the resamples within an interval.</summary>
    public double Confidence { get; init; } = PigeonholeBootstrap.Confidence;

    public required DegradationReport Degradation { get; init; }

    public required DataReport Data { get; init; }

    public required IReadOnlyList<SubsetReport> Subsets { get; init; }

    /// <summary>Absent where no pair has all three modalities.</summary>
    public GainReport? Gain { get; init; }

    /// <summary>Absent where the pipeline fuses by scores alone, or no pair has all three modalities.</summary>
    public MethodsReport? Methods { get; init; }

    /// <summary>
    /// What leaving unsure verdicts to people buys, on all three modalities by the pipeline's own method, clean and degraded; absent where
    /// <see cref="Methods"/> is.
    /// </summary>
    public IReadOnlyList<RiskCoverageReport>? Coverage { get; init; }

    public required IReadOnlyList<Refusal> Refusals { get; init; }

    /// <summary>Absent where the pipeline has no predictions of its training to compare with.</summary>
    public IReadOnlyList<AgreementReport>? Agreement { get; init; }

    /// <summary>Of the single modalities and of all three, clean and degraded.</summary>
    public required IReadOnlyList<ConfusionReport> Confusions { get; init; }

    public required IReadOnlyDictionary<Modality, PredictionReport> Predictions { get; init; }
}
