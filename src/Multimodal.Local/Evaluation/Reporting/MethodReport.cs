using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>The figures of one method of fusion.</summary>
internal sealed record MethodReport
{
    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>The method in <c>pipeline.json</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Whether the pipeline fuses by it unless a job says otherwise.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>The temperature of its verdicts.</summary>
    public required double Temperature { get; init; }

    /// <summary>Its accuracy on each subset of the modalities.</summary>
    public required IReadOnlyList<MethodSubsetReport> Subsets { get; init; }

    /// <summary>Its accuracy with inputs missing at random, on the pairs of which something is left.</summary>
    public required IReadOnlyList<MissingReport> Missing { get; init; }

    /// <summary>All modalities, degraded: by how much it is above the best single one.</summary>
    public Estimate? OverBestSingle { get; init; }

    /// <summary>All modalities, degraded: by how much it is above plain equal weights; absent for these.</summary>
    public Estimate? OverEqual { get; init; }

    /// <summary>
    /// With half of all inputs missing: by how much it is below a choice, for what is left of each pair, of the method that is best for it.
    /// </summary>
    public required ScoreReport BehindBest { get; init; }

    /// <summary>Its expected calibration error.</summary>
    public required CalibrationReport CalibrationError { get; init; }
}
