namespace Multimodal.Pipeline.Jobs;

/// <summary>How the embeddings of a job were fused.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Weights">Each used modality's share; they sum to 1.</param>
public sealed record FusionReport(string Method, IReadOnlyDictionary<Modality, double> Weights)
{
    /// <summary>The length of the fused embedding; null in results of before it was told.</summary>
    public int? Dimensions { get; init; }
}
