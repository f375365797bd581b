using Multimodal.Orchestration.Batches.Flow;

namespace Multimodal.Orchestration.Batches;

/// <summary>The port to the engine that runs batches.</summary>
public interface IBatchEngine
{
    /// <summary>Starts the orchestration of a batch; where it is running, nothing happens.</summary>
    Task StartAsync(RunBatchRequest request, CancellationToken cancellationToken = default);

    /// <summary>Wakes it, so that it looks at its record at once. Where it does not run, the event is lost, which costs nothing.</summary>
    Task WakeAsync(string batch, CancellationToken cancellationToken = default);
}
