using Multimodal.Onnx.Tuning;

namespace Multimodal.Local.Lighter.Reporting;

/// <summary>What became of a network.</summary>
internal sealed record NetworkReport
{
    public required string File { get; init; }

    /// <summary>What it is in the pipeline.</summary>
    public required string Role { get; init; }

    /// <summary>What it was measured on.</summary>
    public required string Items { get; init; }

    /// <summary>Whether that was made up, so that the figures say little.</summary>
    public bool IsMadeUp { get; init; }

    public required SizeReport Bytes { get; init; }

    /// <summary>The least cosine of an item to the original's.</summary>
    public required double LeastCosine { get; init; }

    public required double MeanCosine { get; init; }

    /// <summary>Nodes and constants that computed nothing and were dropped.</summary>
    public required int Cleaned { get; init; }

    /// <summary>Its load time and speed, the old one and the new one taking turns, on one thread; null where it was not measured.</summary>
    public BareComparison? Speed { get; init; }

    public required IReadOnlyList<PartReport> Parts { get; init; }

    /// <summary>From all parts as light as can be to what was taken.</summary>
    public required IReadOnlyList<StepReport> Steps { get; init; }

    /// <summary>Other points of the trade: ever more of the most harmful parts spared.</summary>
    public required IReadOnlyList<StepReport> Curve { get; init; }
}
