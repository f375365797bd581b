using Microsoft.Extensions.VectorData;

namespace Multimodal.Pipeline.Retrieval.VectorData;

/// <summary>What scores can be, each made of a dot product.</summary>
internal static class Distances
{
    /// <summary>Their names, for messages.</summary>
    public static string Names { get; } = string.Join(
        ", ",
        DistanceFunction.CosineSimilarity,
        DistanceFunction.CosineDistance,
        DistanceFunction.DotProductSimilarity,
        DistanceFunction.NegativeDotProductSimilarity);

    /// <summary>Whether a distance function is one of them.</summary>
    public static bool Supports(string distance) => IsCosine(distance)
        || distance == DistanceFunction.DotProductSimilarity || distance == DistanceFunction.NegativeDotProductSimilarity;

    /// <summary>Whether vectors are brought to unit length when they come in.</summary>
    public static bool IsCosine(string distance) => distance == DistanceFunction.CosineSimilarity || distance == DistanceFunction.CosineDistance;

    /// <summary>Whether lower scores are better.</summary>
    public static bool IsLowerBetter(string distance) =>
        distance == DistanceFunction.CosineDistance || distance == DistanceFunction.NegativeDotProductSimilarity;

    /// <summary>The score of a dot product. That of unit vectors may be beyond 1 by what their elements were rounded.</summary>
    public static double ToScore(string distance, double dot) =>
        distance == DistanceFunction.CosineSimilarity ? Math.Clamp(dot, -1, 1)
        : distance == DistanceFunction.CosineDistance ? 1 - Math.Clamp(dot, -1, 1)
        : distance == DistanceFunction.NegativeDotProductSimilarity ? -dot
        : dot;
}
