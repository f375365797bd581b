using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing;

/// <summary>What the first bytes of a file say that it is.</summary>
public sealed record DetectedContent(Modality Modality, string MediaType);
