using Multimodal.Pipeline.Models;

namespace Multimodal.Http.Samples;

/// <summary>The sample jobs of a host.</summary>
internal sealed record SampleList(IReadOnlyList<PipelineSample> Samples);
