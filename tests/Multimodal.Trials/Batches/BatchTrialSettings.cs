namespace Multimodal.Trials.Batches;

/// <summary>How a batch trial goes.</summary>
internal sealed record BatchTrialSettings
{
    /// <summary>Blobs that lie in the container, each of which becomes a job.</summary>
    public int Jobs { get; init; } = 20_000;

    /// <summary>How often the service is killed, spread over the batch.</summary>
    public int Kills { get; init; } = 1;

    /// <summary>How many of the batch's jobs are open at once; null for what the service does by itself.</summary>
    public int? MaximumOpenJobs { get; init; }

    /// <summary>How many jobs are started a second at the most; null for any number.</summary>
    public double? JobsPerSecond { get; init; }

    /// <summary>How long the batch may go without any progress before the trial is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);
}
