using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Jobs;

/// <summary>The contract of <c>result.json</c>: the latest revision of a job.</summary>
public sealed record JobResult
{
    /// <summary>The version of this contract.</summary>
    public int Schema { get; set; } = 1;

    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>The revision.</summary>
    public required int Revision { get; init; }

    /// <summary>How it ended.</summary>
    public required JobOutcomeStatus Status { get; init; }

    /// <summary>The pipeline that made it.</summary>
    public required PipelineReference Pipeline { get; init; }

    /// <summary>When the revision was asked for.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the outcome stood.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>The outcomes of the pipeline's tasks on the fused embedding; empty where the job failed or the pipeline has no tasks.</summary>
    public IReadOnlyList<TaskOutcome> Outcomes { get; set; } = [];

    /// <summary>How the embeddings were fused; null where the job failed.</summary>
    public FusionReport? Fusion { get; init; }

    /// <summary>Each modality of the pipeline: used, missing or failed.</summary>
    public required IReadOnlyList<ModalityReport> Modalities { get; init; }

    /// <summary>Each input, in the order of the file names.</summary>
    public required IReadOnlyList<InputReport> Inputs { get; init; }

    /// <summary>Expected inputs that had not come by the deadline.</summary>
    public IReadOnlyList<string> Awaited { get; set; } = [];

    /// <summary>The time that each stage took.</summary>
    public IReadOnlyList<StageTime> Stages { get; set; } = [];

    /// <summary>Why the job failed.</summary>
    public JobError? Error { get; init; }
}
