namespace Multimodal.Pipeline.Models;

/// <summary>What opening an encoder took; an encoder gives it as a service.</summary>
/// <param name="Load">Until the network was open.</param>
/// <param name="WarmUp">The first run, on noise; null where there was none.</param>
public sealed record EncoderOpening(TimeSpan Load, TimeSpan? WarmUp);
