namespace Multimodal.Trials.Kill;

/// <summary>How a kill trial goes.</summary>
internal sealed record KillTrialSettings
{
    /// <summary>Jobs to send in all.</summary>
    public int Jobs { get; init; } = 1000;

    /// <summary>How often the service is killed.</summary>
    public int Kills { get; init; } = 200;

    /// <summary>The longest that the service lives, counted from the start of its process; each time a random part of it.</summary>
    public TimeSpan LongestLife { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long the last service, which is not killed, may take to end the next of what is left.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The deadline of jobs that are sent over HTTP: what a kill left half sent must end within the trial. In seconds.</summary>
    public int DeadlineSeconds { get; init; } = 45;

    /// <summary>Seeds what is sent how, and when the service is killed.</summary>
    public int Seed { get; init; }
}
