namespace Multimodal.Orchestration.Flow;

/// <summary>An activity failed at every attempt. Engines throw this in place of their own exceptions.</summary>
public sealed class ActivityFailedException : Exception
{
    /// <summary>Names the activity and what it said last.</summary>
    public ActivityFailedException(string activity, string reason, Exception? innerException = null)
        : base($"The activity {activity} failed at every attempt: {reason}", innerException)
    {
        Activity = activity;
        Reason = reason;
    }

    /// <summary>The activity's name.</summary>
    public string Activity { get; }

    /// <summary>What it said at the last attempt.</summary>
    public string Reason { get; }
}
