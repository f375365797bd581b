namespace Multimodal.Trials.Listing;

/// <summary>What came of a listing trial. Times are in milliseconds, memory in MiB.</summary>
internal sealed record ListingReport
{
    public required string Storage { get; init; }

    public required int Blobs { get; init; }

    public required int Pages { get; init; }

    public required double Whole { get; init; }

    public required double FirstPage { get; init; }

    public required double MedianPage { get; init; }

    public required double LastPage { get; init; }

    /// <summary>The page in the middle, asked for by another store that knows nothing but the continuation.</summary>
    public required double ResumedPage { get; init; }

    /// <summary>What was held in memory after the first pages, in the middle and at the end; and allocated for each page on average.</summary>
    public required double HeldAtFirst { get; init; }

    public required double HeldInTheMiddle { get; init; }

    public required double HeldAtTheEnd { get; init; }

    public required double AllocatedByPage { get; init; }

    /// <summary>Whether every blob was listed once, in order, and the resumed page was the same as in the whole.</summary>
    public required bool IsSound { get; init; }
}
