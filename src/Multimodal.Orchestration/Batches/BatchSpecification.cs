using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Batches;

/// <summary>What a batch is asked to do.</summary>
public sealed record BatchSpecification
{
    /// <summary>The most jobs that a batch may have open at once, whatever it is asked for.</summary>
    public const int MostOpenJobs = 10_000;

    /// <summary>The longest prefix, in UTF-16 code units.</summary>
    public const int LongestPrefix = 900;

    /// <summary>The container that is read.</summary>
    public required string Container { get; init; }

    /// <summary>What the names of its blobs begin with.</summary>
    public required string Prefix { get; init; }

    /// <summary>What becomes one job.</summary>
    public required BatchGrouping GroupBy { get; init; }

    /// <summary>The options of its jobs; their inputs are their own.</summary>
    public required JobOptions Options { get; init; }

    /// <summary>How many jobs are started a second at the most; null where only the open ones are bounded.</summary>
    public double? JobsPerSecond { get; init; }

    /// <summary>How many of its jobs are open at once, 1 to <see cref="MostOpenJobs"/>.</summary>
    public required int MaximumOpenJobs { get; init; }

    /// <summary>How many jobs the sender expects, for estimates; null where that is not known.</summary>
    public long? ExpectedJobs { get; init; }

    /// <summary>The part of the prefix that is left out of the names of jobs: its folders.</summary>
    internal string Base => Prefix[..(Prefix.LastIndexOf('/') + 1)];
}
