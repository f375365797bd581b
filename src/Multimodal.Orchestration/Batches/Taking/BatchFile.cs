using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Batches.Taking;

/// <summary>A blob that is to become an input.</summary>
/// <param name="Name">The name of the input.</param>
/// <param name="Source">Where it lies.</param>
internal sealed record BatchFile(string Name, BlobPath Source);
