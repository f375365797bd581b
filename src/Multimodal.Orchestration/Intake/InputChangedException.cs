using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Intake;

/// <summary>An upload was replaced or deleted while it was being worked on; its new version is an event of its own.</summary>
public sealed class InputChangedException(InputIdentity input)
    : Exception($"The upload '{input.Name}' is gone, or no longer of version {input.ETag}.");
