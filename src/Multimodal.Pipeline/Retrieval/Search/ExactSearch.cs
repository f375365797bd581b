namespace Multimodal.Pipeline.Retrieval.Search;

/// <summary>
/// The k vectors of the largest dot products with a query, exactly: all rows are looked at, first by their 8-bit codes, and those
/// that could be among the best are scored in full.
/// </summary>
/// <remarks>
/// Exact, ties included: a row is passed over only if an upper bound of its score (<see cref="QueryCodes"/>) is below the score of the
/// worst of k rows that were scored in full, so at least k rows score higher than it does. What is scored in full is ranked by
/// score and key. A search reads a quarter of the bytes of a plain scan, another quarter of the rows that come as near to the
/// best as the codes are coarse, and the rest of the few that come nearer.
/// </remarks>
internal static class ExactSearch
{
    /// <summary>Rows that one thread takes at a time.</summary>
    private const int Slice = 16_384;

    /// <summary>With fewer numbers than this in all, further threads cost more than they bring.</summary>
    private const long NumbersForThreads = 1 << 20;

    /// <summary>Searches.</summary>
    /// <param name="parts">What is searched; all of the query's dimension.</param>
    /// <param name="query">The query [dimension], finite.</param>
    /// <param name="count">How many to find, more than 0.</param>
    /// <param name="filter">Whether a row of a part counts; called by several threads at once. Null: all count.</param>
    /// <param name="threads">How many threads at most.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Best first, and fewer than asked only where there are no more.</returns>
    public static Hit[] Find(
        IReadOnlyList<SearchPart> parts,
        ReadOnlyMemory<float> query,
        int count,
        Func<int, int, bool>? filter,
        int threads,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var scans = parts.Select((part, place) => new PartScan(part, place, query, filter)).ToArray();
        var slices = scans.SelectMany(
            scan => Enumerable.Range(0, (scan.Rows + Slice - 1) / Slice), (scan, i) => (Scan: scan, Start: i * Slice, End: Math.Min((i + 1) * Slice, scan.Rows)));
        var best = new TopHits(count);
        if (threads <= 1 || scans.Sum(scan => (long)scan.Rows) * query.Length < NumbersForThreads)
        {
            foreach (var (scan, start, end) in slices)
            {
                cancellationToken.ThrowIfCancellationRequested();
                scan.Run(start, end, best);
            }

            return best.ToOrdered();
        }

        Parallel.ForEach(
            slices.ToArray(),
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            () => new TopHits(count),
            (slice, _, own) =>
            {
                slice.Scan.Run(slice.Start, slice.End, own);
                return own;
            },
            own =>
            {
                lock (best)
                {
                    best.OfferAll(own);
                }
            });
        return best.ToOrdered();
    }
}
