namespace Multimodal.Http.Health;

/// <summary>What executes the networks.</summary>
/// <param name="Name">The runtime and its version.</param>
/// <param name="ExecutionProviders">The execution providers in use, the preferred one first.</param>
/// <param name="AvailableProviders">Those that the native library holds.</param>
/// <param name="Encoders">What waits for each encoder that is in use.</param>
internal sealed record RuntimeReport(
    string Name, IReadOnlyList<string> ExecutionProviders, IReadOnlyList<string> AvailableProviders, IReadOnlyList<EncoderReport> Encoders);
