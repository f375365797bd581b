using Multimodal.Orchestration.Flow;

namespace Multimodal.Orchestration.Batches.Flow;

/// <summary>The port to the engine that runs a batch.</summary>
public interface IBatchContext : IActivityContext
{
    /// <summary>
    /// Lets the run go on from its beginning with another request and without its history. The orchestration must return right after
    /// this; events that were not consumed are kept.
    /// </summary>
    void ContinueAsNew(RunBatchRequest request);
}
