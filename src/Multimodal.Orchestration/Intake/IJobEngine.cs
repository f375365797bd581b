using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Intake;

/// <summary>The port to the engine that runs orchestrations, for those who start and wake them.</summary>
public interface IJobEngine
{
    /// <summary>Starts the orchestration of a revision; where one of the job is running, nothing happens.</summary>
    Task StartAsync(RunJobRequest request, CancellationToken cancellationToken = default);

    /// <summary>Wakes a job. Where none of the id runs, the event is lost, which costs nothing: the store is the truth.</summary>
    Task WakeAsync(JobId job, CancellationToken cancellationToken = default);

    /// <summary>How far a job is; null where none of the id runs or is known.</summary>
    Task<JobProgress?> FindProgressAsync(JobId job, CancellationToken cancellationToken = default);

    /// <summary>Stops a job's run, if there is one, and forgets what the engine keeps of it. No activity of it begins afterwards.</summary>
    Task StopAsync(JobId job, CancellationToken cancellationToken = default);
}
