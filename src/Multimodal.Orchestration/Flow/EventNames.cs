namespace Multimodal.Orchestration.Flow;

/// <summary>The events that wake a job.</summary>
public static class EventNames
{
    /// <summary>Something about the job's inputs changed; what, the store knows.</summary>
    public const string InputsChanged = "InputsChanged";
}
