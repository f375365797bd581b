using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Health;

/// <summary>A host that can take jobs.</summary>
/// <param name="Status"><c>ready</c>.</param>
/// <param name="Checks">What was looked at.</param>
/// <param name="Pipeline">The default pipeline, whose files all have their declared hashes.</param>
/// <param name="Runtime">What executes the networks.</param>
internal sealed record ReadyReport(string Status, IReadOnlyList<HealthCheck> Checks, PipelineReference Pipeline, RuntimeReport Runtime);
