using Multimodal.Pipeline.Retrieval.Search;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>An index as it stood at one moment; never changed, so that searches need no lock.</summary>
/// <param name="Segments">What it consists of.</param>
/// <param name="Parts">The same as it is searched: beside each segment, which of its entries stand.</param>
/// <param name="Damaged">The blobs that could not be used; their entries are missing here.</param>
internal sealed record IndexView(
    IReadOnlyList<Segment> Segments, IReadOnlyList<SearchPart> Parts, IReadOnlyList<IndexDamagedException> Damaged)
{
    /// <summary>An index without entries.</summary>
    public static IndexView Empty { get; } = new([], [], []);

    /// <summary>The entries that stand.</summary>
    public IEnumerable<(int Part, int Row)> Live =>
        from part in Enumerable.Range(0, Parts.Count)
        from row in Enumerable.Range(0, Parts[part].Keys.Length)
        where Parts[part].IsLive(row)
        select (part, row);

}
