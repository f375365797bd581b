using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Listing;

/// <summary>A job on a list.</summary>
internal sealed record JobListEntry
{
    public required JobId JobId { get; init; }

    public required int Revision { get; init; }

    public required JobState State { get; init; }

    public JobOutcomeStatus? Outcome { get; init; }

    public required string Pipeline { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The names of its inputs: those of the closed revision, or those that an open one names.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The verdicts of the latest result; empty where there are none.</summary>
    public required IReadOnlyList<ListedVerdict> Verdicts { get; init; }
}
