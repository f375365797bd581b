using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Intake;

/// <summary>A version of a job's <c>job.json</c>.</summary>
/// <param name="ETag">The version.</param>
/// <param name="Content">The blob; empty where it is too large to be one.</param>
/// <param name="Options">What it says, or null where it cannot be used.</param>
/// <param name="Fault">Why it cannot be used, or null.</param>
internal sealed record JobManifest(string ETag, ReadOnlyMemory<byte> Content, JobOptions? Options, JobOptionsException? Fault);
