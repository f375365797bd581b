using System.Numerics;
using Multimodal.Pipeline.Retrieval.Search;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>Which blobs a compaction merges: the whole log, and those segments that it must or should rewrite.</summary>
/// <remarks>
/// A segment must be rewritten if it holds a copy of something erased, and should be if more than a quarter of it is
/// replaced. Then segments are taken in from the smallest on while they are not more than twice as large as all before them, so that an
/// entry is written again only as often as the index doubles, and there are few segments.
/// </remarks>
internal sealed class CompactionPlan
{
    private CompactionPlan(IReadOnlyList<int> merged, IReadOnlyList<BlobPath> logs, IReadOnlyList<BlobPath> segments)
    {
        (Merged, Logs, Segments) = (merged, logs, segments);
    }

    /// <summary>The places in the view of what is merged.</summary>
    public IReadOnlyList<int> Merged { get; }

    /// <summary>The blobs among them that are of the log.</summary>
    public IReadOnlyList<BlobPath> Logs { get; }

    /// <summary>The blobs among them that are segments.</summary>
    public IReadOnlyList<BlobPath> Segments { get; }

    /// <summary>Plans.</summary>
    public static CompactionPlan Create(IndexView view, IReadOnlyList<Erasure> erasures, string log, long largest)
    {
        var erased = erasures.SelectMany(erasure => erasure.Keys).ToHashSet(StringComparer.Ordinal);
        var parts = Enumerable.Range(0, view.Parts.Count).Select(part => (
            Part: part,
            IsLog: view.Segments[part].Path.Name.StartsWith(log, StringComparison.Ordinal),
            Live: LiveRows(view.Parts[part]))).ToList();
        var merged = parts.Where(part => part.IsLog || IsDue(view.Segments[part.Part], part.Live, erased)).ToList();
        var size = merged.Sum(part => LiveLength(part.Part, part.Live));
        foreach (var part in parts.Except(merged).OrderBy(part => view.Segments[part.Part].Length).ToList())
        {
            var length = LiveLength(part.Part, part.Live);
            if (length > 2 * size || size + length > largest)
            {
                break;
            }

            merged.Add(part);
            size += length;
        }

        return new CompactionPlan(
            [.. merged.Select(part => part.Part).Order()],
            [.. merged.Where(part => part.IsLog).Select(part => view.Segments[part.Part].Path)],
            [.. merged.Where(part => !part.IsLog).Select(part => view.Segments[part.Part].Path)]);

        long LiveLength(int part, int live) => view.Segments[part].Length * live / Math.Max(1, view.Segments[part].Keys.Length);
    }

    /// <summary>What of the merged still stands, in pieces that each make a segment.</summary>
    public IEnumerable<IReadOnlyList<IndexEntry>> Pieces(IndexView view, long largest)
    {
        var (piece, size) = (new List<IndexEntry>(), 0L);
        foreach (var part in Merged)
        {
            for (var row = 0; row < view.Parts[part].Keys.Length; row++)
            {
                if (!view.Parts[part].IsLive(row))
                {
                    continue;
                }

                var entry = view.Segments[part].EntryAt(row);
                if (piece.Count > 0 && size + entry.Size > largest)
                {
                    yield return piece;
                    (piece, size) = ([], 0);
                }

                piece.Add(entry);
                size += entry.Size;
            }
        }

        if (piece.Count > 0)
        {
            yield return piece;
        }
    }

    private static bool IsDue(Segment segment, int live, HashSet<string> erased) =>
        live * 4L < segment.Keys.Length * 3L || (erased.Count > 0 && segment.Keys.Any(erased.Contains));

    private static int LiveRows(SearchPart part) => part.Keys.Length - (part.Dead?.Sum(bits => BitOperations.PopCount(bits)) ?? 0);
}
