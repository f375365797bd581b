namespace Multimodal.Local.Inspection;

/// <summary>The contract of <c>manifest.json</c>: what was written of which file.</summary>
internal sealed record FeatureManifest
{
    /// <summary>The version of this contract.</summary>
    public int Schema { get; set; } = 1;

    /// <summary>What prepared the files: a pipeline's name, or a file.</summary>
    public required string Source { get; init; }

    /// <summary>How far.</summary>
    public required FeatureStage Stage { get; init; }

    /// <summary>The files, in the order in which they were named.</summary>
    public required IReadOnlyList<FeatureManifestItem> Items { get; init; }
}
