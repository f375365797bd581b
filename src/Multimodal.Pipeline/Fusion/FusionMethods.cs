namespace Multimodal.Pipeline.Fusion;

/// <summary>The methods of fusion by their names in <c>pipeline.json</c> and <c>job.json</c>.</summary>
public static class FusionMethods
{
    /// <summary>The weighted mean of what is present: <see cref="WeightedFusion"/>.</summary>
    public const string Weighted = "weighted";

    /// <summary>The mean by how certain the verdict on each modality alone is: <see cref="ConfidenceWeightedFusion"/>.</summary>
    public const string ConfidenceWeighted = "confidence-weighted";

    /// <summary>A linear map of the concatenated embeddings.</summary>
    public const string Concatenation = "concatenation";

    /// <summary>Convolutions over the stacked embeddings.</summary>
    public const string Convolutional = "convolutional";

    /// <summary>A gate for each modality and dimension.</summary>
    public const string Gated = "gated";

    /// <summary>Low-rank tensor fusion.</summary>
    public const string LowRank = "low-rank";

    /// <summary>Attention among the modalities.</summary>
    public const string Attention = "attention";

    /// <summary>No common embedding: the tasks fuse each modality's scores by the weights: <see cref="ScoreFusion"/>.</summary>
    public const string Scores = "scores";

    /// <summary>The learned methods, each an ONNX graph.</summary>
    public static IReadOnlyList<string> Learned { get; } = [Concatenation, Convolutional, Gated, LowRank, Attention];

    /// <summary>All methods.</summary>
    public static IReadOnlyList<string> All { get; } = [Weighted, ConfidenceWeighted, .. Learned, Scores];

    /// <summary>Whether a method takes a job's weights as they are; a learned one weighs by itself, and only leaves out what has weight 0.</summary>
    public static bool TakesWeights(string method) => !Learned.Contains(method);
}
