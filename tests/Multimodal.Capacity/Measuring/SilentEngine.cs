using Multimodal.Orchestration.Flow;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Measuring;

/// <summary>An engine that runs nothing and counts what it is asked for.</summary>
internal sealed class SilentEngine : IJobEngine
{
    /// <summary>The last run that was asked for.</summary>
    public RunJobRequest? Started { get; private set; }

    /// <summary>How often a job was woken.</summary>
    public int Woken { get; set; }

    public Task StartAsync(RunJobRequest request, CancellationToken cancellationToken = default)
    {
        Started = request;
        return Task.CompletedTask;
    }

    public Task WakeAsync(JobId job, CancellationToken cancellationToken = default)
    {
        Woken++;
        return Task.CompletedTask;
    }

    public Task<JobProgress?> FindProgressAsync(JobId job, CancellationToken cancellationToken = default) => Task.FromResult<JobProgress?>(null);

    public Task StopAsync(JobId job, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
