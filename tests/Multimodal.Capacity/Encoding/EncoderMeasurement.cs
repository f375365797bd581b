using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Encoding;

/// <summary>What one network did.</summary>
/// <param name="Modality">What it encodes.</param>
/// <param name="Network">Which network it is.</param>
/// <param name="Points">By the size of its runs, one or more.</param>
internal sealed record EncoderMeasurement(Modality Modality, string Network, IReadOnlyList<EncoderPoint> Points);
