namespace Multimodal.Orchestration.Batches;

/// <summary>The kinds of faults of what is asked of batches.</summary>
public enum BatchFault
{
    /// <summary>It cannot be done as it is asked for.</summary>
    Bad,

    /// <summary>There is no such batch.</summary>
    Missing,

    /// <summary>It is in conflict with what there is.</summary>
    Conflict,
}
