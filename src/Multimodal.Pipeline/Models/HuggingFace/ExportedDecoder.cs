namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>The ONNX files of a decoder in an exported folder.</summary>
/// <param name="First">The file of the first step, or of all.</param>
/// <param name="WithPast">The file of those that follow; null where there is one.</param>
public sealed record ExportedDecoder(ExportedModel First, ExportedModel? WithPast)
{
    /// <summary>The files.</summary>
    public IReadOnlyList<ExportedModel> Models => WithPast is null ? [First] : [First, WithPast];
}
