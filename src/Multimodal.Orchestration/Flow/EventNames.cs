namespace Multimodal.Orchestration.Flow;

/// <summary>The events that wake a run.</summary>
public static class EventNames
{
    /// <summary>Something about the job's inputs changed; what, the store knows.</summary>
    public const string InputsChanged = "InputsChanged";

    /// <summary>The record of a batch was changed from outside: how it stands, the record knows.</summary>
    public const string BatchChanged = "BatchChanged";
}
