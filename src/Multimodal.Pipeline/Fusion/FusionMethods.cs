namespace Multimodal.Pipeline.Fusion;

/// <summary>The methods of fusion by their names in <c>pipeline.json</c> and <c>job.json</c>.</summary>
public static class FusionMethods
{
    /// <summary>The weighted mean of what is present: <see cref="WeightedFusion"/>.</summary>
    public const string Weighted = "weighted";

    /// <summary>No common embedding: the tasks fuse each modality's scores by the weights: <see cref="ScoreFusion"/>.</summary>
    public const string Scores = "scores";

    /// <summary>All methods.</summary>
    public static IReadOnlyList<string> All { get; } = [Weighted, Scores];
}
