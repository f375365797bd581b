using Multimodal.Orchestration.Administration;
using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Views;

/// <summary>A job as it is answered.</summary>
internal sealed record JobView
{
    public required JobId JobId { get; init; }

    public required int Revision { get; init; }

    public required JobState State { get; init; }

    /// <summary>How the latest revision ended; absent while it is open.</summary>
    public JobOutcomeStatus? Outcome { get; init; }

    public required string Pipeline { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>When the job goes on with what is there; absent where it is closed.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How far the run is; absent where none runs.</summary>
    public JobProgress? Progress { get; init; }

    public required IReadOnlyList<InputSnapshot> Inputs { get; init; }

    /// <summary>The latest result; while a further revision runs, that of the one before.</summary>
    public JobResult? Result { get; init; }

    public static JobView Of(JobSnapshot snapshot)
    {
        var record = snapshot.Record;
        return new JobView
        {
            JobId = record.JobId,
            Revision = record.Revision,
            State = record.State,
            Outcome = record.Outcome,
            Pipeline = record.Pipeline,
            StartedAt = record.StartedAt,
            ClosedAt = record.ClosedAt,
            Deadline = record.State == JobState.Open ? record.StartedAt.AddSeconds(record.Options.DeadlineSeconds) : null,
            Progress = snapshot.Progress,
            Inputs = snapshot.Inputs,
            Result = snapshot.Result,
        };
    }
}
