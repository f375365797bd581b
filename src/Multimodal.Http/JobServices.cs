using Multimodal.Orchestration.Administration;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Http;

/// <summary>What the routes ask of the jobs.</summary>
internal sealed record JobServices(
    JobSubmission Submission,
    JobLauncher Launcher,
    JobAdministration Administration,
    JobReader Reader,
    JobRecords Records,
    PipelineCatalog Pipelines,
    HostSettings Settings);
