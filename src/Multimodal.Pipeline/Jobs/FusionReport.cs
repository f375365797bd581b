namespace Multimodal.Pipeline.Jobs;

/// <summary>How the embeddings of a job were fused.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Weights">Each used modality's share, which sum to 1; null where the method has no such thing.</param>
public sealed record FusionReport(string Method, IReadOnlyDictionary<Modality, double>? Weights)
{
    /// <summary>The length of the fused embedding; null where only scores were fused, and in results of before it was told.</summary>
    public int? Dimensions { get; init; }
}
