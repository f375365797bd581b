namespace Multimodal.Pipeline.Retrieval.Search;

/// <summary>A vector that was found.</summary>
/// <param name="Score">The dot product with the query, in double precision.</param>
/// <param name="Part">Which part of the searched view it lies in.</param>
/// <param name="Row">Which row of that part.</param>
/// <param name="Key">Its key.</param>
internal readonly record struct Hit(double Score, int Part, int Row, string Key)
{
    /// <summary>The order of results: higher scores first, equal ones by their keys, so that every search gives the same.</summary>
    public static int Compare(Hit x, Hit y) =>
        x.Score != y.Score ? y.Score.CompareTo(x.Score) : string.CompareOrdinal(x.Key, y.Key);
}
