using Multimodal.Orchestration.Flow;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Testing.Jobs;

/// <summary>An engine that only keeps what it was asked for.</summary>
public sealed class RecordingEngine : IJobEngine
{
    /// <summary>The runs that were asked for.</summary>
    public List<RunJobRequest> Started { get; } = [];

    public Task StartAsync(RunJobRequest request, CancellationToken cancellationToken = default)
    {
        Started.Add(request);
        return Task.CompletedTask;
    }

    public Task WakeAsync(JobId job, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<JobProgress?> FindProgressAsync(JobId job, CancellationToken cancellationToken = default) => Task.FromResult<JobProgress?>(null);

    public Task StopAsync(JobId job, CancellationToken cancellationToken = default) => Task.CompletedTask;
}
