using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Encoding;

/// <summary>What networks did on one device.</summary>
/// <param name="Device">The device, and what ran the networks.</param>
/// <param name="Source">The command or the page that the figures come from.</param>
/// <param name="Encoders">The networks.</param>
internal sealed record EncoderCalibration(string Device, string Source, IReadOnlyList<EncoderMeasurement> Encoders)
{
    /// <summary>The curves of the networks.</summary>
    public IReadOnlyDictionary<Modality, EncoderCurve> Curves() => Encoders.ToDictionary(encoder => encoder.Modality, EncoderCurve.Fit);
}
