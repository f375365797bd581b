namespace Multimodal.Pipeline.Jobs;

/// <summary>The authority on a job: open or closed, its revision, its inputs. Changed only by conditional writes.</summary>
public sealed record JobRecord
{
    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>1 for the first run over the job's inputs, one more for each further one.</summary>
    public required int Revision { get; init; }

    /// <summary>Whether this revision still runs.</summary>
    public required JobState State { get; init; }

    /// <summary>The pipeline's name.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The digest of the pipeline that this revision runs with, from its first stage to its last.</summary>
    public required string PipelineDigest { get; init; }

    /// <summary>What the job said for itself.</summary>
    public required JobOptions Options { get; init; }

    /// <summary>The version of <c>job.json</c> that the options were read from; null where they came another way.</summary>
    public string? ManifestETag { get; init; }

    /// <summary>The run of a batch that made the job, <c>{batchId}@{ticks}</c>; null where another did.</summary>
    public string? Batch { get; init; }

    /// <summary>
    /// Whether this revision's result stands and is being published: whoever changes the job from then on begins the next one.
    /// </summary>
    public bool Sealed { get; init; }

    /// <summary>When this revision was asked for, or its options last changed. With the revision it identifies one run.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>How the closed revision ended.</summary>
    public JobOutcomeStatus? Outcome { get; init; }

    /// <summary>The inputs that the closed revision was made of; a receipt of any other version is late.</summary>
    public IReadOnlyList<InputIdentity> Inputs { get; set; } = [];
}
