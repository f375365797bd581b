namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>A pipeline that was made of an exported folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Encoders">Its encoders.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Bytes">How many bytes they have.</param>
public sealed record ImportedPipeline(string Name, string Folder, IReadOnlyList<ImportedEncoder> Encoders, int Files, long Bytes);
