using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>How a model's inputs are made.</summary>
/// <param name="Settings">What stands in <c>pipeline.json</c>.</param>
/// <param name="Files">The files of the folder that it needs.</param>
/// <param name="Written">Files that are written anew, by name.</param>
internal sealed record FoundPreprocessing(
    PreprocessingSettings Settings, IReadOnlyList<string> Files, IReadOnlyDictionary<string, byte[]> Written)
{
    /// <summary>The id that shorter texts are filled up with; 0 for other modalities.</summary>
    public long PadId { get; init; }

    /// <summary>In a few words, for people.</summary>
    public required string Words { get; init; }
}
