using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Inspection;

/// <summary>A file in the manifest.</summary>
internal sealed record FeatureManifestItem
{
    /// <summary>The file, as it was named.</summary>
    public required string File { get; init; }

    /// <summary>What it was recognised as; null where it was not.</summary>
    public Modality? Modality { get; init; }

    /// <summary>The windows that its tensors have as their first dimension; null: they have none.</summary>
    public int? Windows { get; init; }

    /// <summary>What was written.</summary>
    public IReadOnlyList<FeatureManifestTensor> Tensors { get; set; } = [];

    /// <summary>Why nothing was.</summary>
    public InputError? Error { get; init; }
}
