using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Batches.Flow;

namespace Multimodal.Orchestration.Tests.Batches;

/// <summary>An engine that only keeps what it was asked for.</summary>
internal sealed class RecordingBatchEngine : IBatchEngine
{
    /// <summary>What was asked for, in its order: <c>start b</c>, <c>wake b</c>.</summary>
    public List<string> Calls { get; } = [];

    public Task StartAsync(RunBatchRequest request, CancellationToken cancellationToken = default)
    {
        Calls.Add($"start {request.Batch}");
        return Task.CompletedTask;
    }

    public Task WakeAsync(string batch, CancellationToken cancellationToken = default)
    {
        Calls.Add($"wake {batch}");
        return Task.CompletedTask;
    }
}
