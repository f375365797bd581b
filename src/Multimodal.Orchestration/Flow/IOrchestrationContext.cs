namespace Multimodal.Orchestration.Flow;

/// <summary>The port to the engine that runs a job's orchestration; the id of the run is the job's.</summary>
public interface IOrchestrationContext : IActivityContext
{
    /// <summary>
    /// Lets the run go on from its beginning with another request and without its history, so that no run's history grows
    /// with the time that it waits. The orchestration must return right after this; events that were not consumed are kept.
    /// </summary>
    void ContinueAsNew(RunJobRequest request);

    /// <summary>Says how far the job is.</summary>
    void SetStatus(JobProgress progress);
}
