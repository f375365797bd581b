using Multimodal.Orchestration.Flow;

namespace Multimodal.Local.Engine;

/// <summary>One revision of a job at work, or about to be, in this process.</summary>
internal sealed class LocalRun(RunJobRequest request, TimeProvider time)
{
    public RunJobRequest Request { get; } = request;

    public EventMailbox Mailbox { get; } = new(time);

    public TaskCompletionSource<JobSummary> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Stops this run alone.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    /// <summary>How far it is.</summary>
    public JobProgress? Progress { get; set; }

    /// <summary>A later revision that was asked for meanwhile; it begins when this one ends.</summary>
    public LocalRun? Next { get; set; }
}
