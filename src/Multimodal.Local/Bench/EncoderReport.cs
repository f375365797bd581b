using Multimodal.Onnx.Tuning;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Bench;

/// <summary>What was measured of one encoder.</summary>
/// <param name="Modality">The encoder.</param>
/// <param name="Inputs">What was encoded, in words.</param>
/// <param name="Setting">The engine's setting, with what the bare session does at it.</param>
/// <param name="IsMeasured">Whether the setting was measured on this machine, or is the default.</param>
/// <param name="Points">By number of callers, rising.</param>
internal sealed record EncoderReport(Modality Modality, string Inputs, BatchPoint Setting, bool IsMeasured, IReadOnlyList<LoadPoint> Points)
{
    /// <summary>The best throughput as a share of the bare session's.</summary>
    public double OfBare => Points.Max(point => point.PerSecond) / Setting.ItemsPerSecond;
}
