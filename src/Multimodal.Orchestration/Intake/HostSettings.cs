namespace Multimodal.Orchestration.Intake;

/// <summary>What a host decides for jobs that do not say it themselves.</summary>
public sealed record HostSettings
{
    /// <summary>The pipeline of a job that names none.</summary>
    public string DefaultPipeline { get; init; } = "digits";
}
