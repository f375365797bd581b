using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Lighter.Reporting;

/// <summary>What <c>multimodal models optimize</c> did, as <c>optimize.json</c> holds it.</summary>
internal sealed record OptimizeReport
{
    /// <summary>The pipeline that was made lighter.</summary>
    public required PipelineReference Pipeline { get; init; }

    /// <summary>The new one's name.</summary>
    public required string Name { get; init; }

    /// <summary>The new one's version.</summary>
    public required string Version { get; init; }

    /// <summary>One of <see cref="FormatNames"/>.</summary>
    public required string Precision { get; init; }

    /// <summary>The least cosine that was asked of every network, on every item.</summary>
    public required double MinimumCosine { get; init; }

    /// <summary>What ran the networks.</summary>
    public required string Runtime { get; init; }

    /// <summary>What the processor can do with integers.</summary>
    public required string Processor { get; init; }

    /// <summary>What all files that the pipeline loads take, in bytes.</summary>
    public required SizeReport Files { get; init; }

    /// <summary>What its networks alone take, in bytes.</summary>
    public required SizeReport Graphs { get; init; }

    public required IReadOnlyList<NetworkReport> Networks { get; init; }

    /// <summary>The least cosine of an item fused of the new encoders' embeddings by the pipeline's own method, to the original's; null where nothing is fused.</summary>
    public double? FusedCosine { get; init; }

    /// <summary>How many items of labelled data are told right, before and after; null where none were given.</summary>
    public IReadOnlyList<AccuracyReport>? Accuracy { get; init; }
}
