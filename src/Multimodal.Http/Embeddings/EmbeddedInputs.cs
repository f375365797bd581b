using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Embeddings;

/// <summary>Embeddings that were asked for directly.</summary>
/// <param name="Pipeline">Whose encoders gave them.</param>
/// <param name="Inputs">What became of each input, in the order in which they were sent.</param>
internal sealed record EmbeddedInputs(PipelineReference Pipeline, IReadOnlyList<EmbeddedInput> Inputs);
