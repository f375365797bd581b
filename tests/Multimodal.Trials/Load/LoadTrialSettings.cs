namespace Multimodal.Trials.Load;

/// <summary>How a load trial goes.</summary>
internal sealed record LoadTrialSettings
{
    /// <summary>Clients that each wait for a job's result before they send the next.</summary>
    public int Clients { get; init; } = 50;

    /// <summary>Jobs in all.</summary>
    public int Jobs { get; init; } = 5000;
}
