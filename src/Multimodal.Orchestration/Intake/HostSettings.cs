namespace Multimodal.Orchestration.Intake;

/// <summary>What a host decides for jobs that do not say it themselves.</summary>
public sealed record HostSettings
{
    /// <summary>The pipeline of a job that names none.</summary>
    public string DefaultPipeline { get; init; } = "digits";

    /// <summary>
    /// How long after an upload the event that tells of it is awaited; then its job takes it in itself. Long enough that an
    /// event that is merely being handled is not taken for lost.
    /// </summary>
    public TimeSpan EventPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether messages hold verdicts and decisions beside where the result lies. A queue encrypts nothing, so a host that encrypts what
    /// it stores leaves them out: who has the key reads them in the result.
    /// </summary>
    public bool VerdictsInMessages { get; init; } = true;
}
