namespace Multimodal.Local.Engine;

/// <summary>How the local engine shares its machine. The default bounds nothing: its caller does.</summary>
internal sealed record EngineOptions
{
    /// <summary>How many jobs are worked on at once; null for any number. A job that waits for inputs does not count.</summary>
    public int? JobsAtOnce { get; init; }

    /// <summary>How many jobs may wait for their turn before no more should be sent; null for any number.</summary>
    public int? JobsWaiting { get; init; }

    /// <summary>
    /// Whether a job that another process has is waited for, as after a crash whose leases have not run out yet; else its run fails.
    /// </summary>
    public bool AwaitsLeases { get; init; }
}
