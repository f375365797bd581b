namespace Multimodal.Trials.Faults;

/// <summary>How a trial with a faulty storage goes.</summary>
internal sealed record FaultTrialSettings
{
    /// <summary>Jobs to send in all; half of them over HTTP, half as uploads.</summary>
    public int Jobs { get; init; } = 1000;

    /// <summary>The share of calls to the storage that go wrong.</summary>
    public double Share { get; init; } = 0.05;

    /// <summary>Clients at once.</summary>
    public int Clients { get; init; } = 8;

    /// <summary>How long nothing may end before the trial gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Seeds what goes wrong, and what is sent how.</summary>
    public int Seed { get; init; }
}
