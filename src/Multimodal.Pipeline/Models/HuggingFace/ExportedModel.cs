namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>An ONNX file of an exported folder.</summary>
/// <param name="Role">What it holds: <c>text_model</c>, <c>vision_model</c>, <c>audio_model</c>, <c>encoder_model</c> or <c>model</c>.</param>
/// <param name="Variant">What sets it apart from others of its role, such as <c>quantized</c>; empty for the plain one.</param>
/// <param name="Path">Its path in the folder, with <c>/</c>.</param>
public sealed record ExportedModel(string Role, string Variant, string Path);
