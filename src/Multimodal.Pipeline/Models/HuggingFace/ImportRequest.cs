using Multimodal.Pipeline.Models.Provenance;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>What is to be made a pipeline.</summary>
/// <param name="Folder">The exported folder.</param>
/// <param name="Name">The pipeline's name; null: the folder's.</param>
public sealed record ImportRequest(string Folder, string? Name = null)
{
    /// <summary>The variant of the ONNX files; empty for the plain ones.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The pipeline's version.</summary>
    public string Version { get; init; } = "1.0.0";

    /// <summary>Where the folder is from, for the description; null: nothing is said of it.</summary>
    public string? Origin { get; init; }

    /// <summary>What it is made of, as it is recorded; null: nothing is recorded.</summary>
    public PipelineProvenance? Provenance { get; init; }

    /// <summary>Whether a pipeline of that name gives way.</summary>
    public bool Replace { get; init; }

    /// <summary>Files that are laid into the pipeline's folder beside those that it loads, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Beside { get; init; } = new Dictionary<string, byte[]>();
}
