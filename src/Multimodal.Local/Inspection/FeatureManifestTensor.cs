namespace Multimodal.Local.Inspection;

/// <summary>A tensor in the manifest.</summary>
/// <param name="Name">The name of the encoder's input.</param>
/// <param name="Type">The element type: float32, float16, int64 or uint8.</param>
/// <param name="Shape">The extents, without a batch.</param>
/// <param name="File">The file that it was written to, in the manifest's folder.</param>
internal sealed record FeatureManifestTensor(string Name, string Type, IReadOnlyList<int> Shape, string File);
