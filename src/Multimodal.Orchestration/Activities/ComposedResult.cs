using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>A result and the embeddings that belong to it, as a safetensors file.</summary>
internal sealed record ComposedResult(JobResult Result, byte[] Embeddings);
