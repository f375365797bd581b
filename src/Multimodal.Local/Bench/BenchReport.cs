using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Bench;

/// <summary>What <c>multimodal bench</c> measured.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Runtime">What ran the networks, and on which execution providers.</param>
/// <param name="Cores">The machine's cores.</param>
/// <param name="Encoders">The encoders.</param>
internal sealed record BenchReport(PipelineReference Pipeline, string Runtime, int Cores, IReadOnlyList<EncoderReport> Encoders);
