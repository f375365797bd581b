using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Multimodal.Pipeline.Retrieval.Search;

/// <summary>One query on one part: what <see cref="ExactSearch"/> runs slice by slice, on several threads at once.</summary>
internal sealed class PartScan
{
    // What passes the first bound is collected and looked at together, so that its memory is fetched while others are.
    private const int Gathered = 512;

    private readonly SearchPart _part;
    private readonly int _place;
    private readonly ReadOnlyMemory<float> _query;
    private readonly QueryCodes? _codes;
    private readonly Func<int, int, bool>? _filter;

    /// <summary>Prepares a query for a part.</summary>
    public PartScan(SearchPart part, int place, ReadOnlyMemory<float> query, Func<int, int, bool>? filter)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(query.Length, part.Block.Dimension);
        (_part, _place, _query, _filter) = (part, place, query, filter);
        _codes = part.Block.IsCoded ? new QueryCodes(query.Span, part.Block) : null;
    }

    /// <summary>How many rows there are.</summary>
    public int Rows => _part.Block.Count;

    /// <summary>Offers what could be among the best of a range of rows.</summary>
    public void Run(int start, int end, TopHits best)
    {
        if (_codes is null)
        {
            for (var row = start; row < end; row++)
            {
                Offer(row, best);
            }

            return;
        }

        Span<int> rows = stackalloc int[Gathered];
        Span<int> dots = stackalloc int[Gathered];
        for (; start < end; start += Gathered)
        {
            var gathered = Gather(start, Math.Min(start + Gathered, end), best.Threshold, rows, dots);
            OfferNear(rows[..gathered], dots, best);
        }
    }

    /// <summary>Collects the rows whose scores could reach a threshold by their codes; gives how many.</summary>
    /// <remarks>Optimised at once: most of a search is in here, and in a short process there may be only one.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Gather(int start, int end, double threshold, Span<int> rows, Span<int> dots)
    {
        var (block, query) = (_part.Block, _codes!);
        var length = block.RowLength;
        ref var codes = ref MemoryMarshal.GetArrayDataReference(block.Codes);
        ref var queryCodes = ref MemoryMarshal.GetArrayDataReference(query.Codes);
        var scales = block.Scales.AsSpan(0, end);
        var residuals = block.Residuals.AsSpan(0, end);
        var gathered = 0;
        for (var row = start; row < end; row++)
        {
            var dot = ByteKernel.Dot(ref Unsafe.Add(ref codes, (nint)row * length), ref queryCodes, length);
            rows[gathered] = row;
            dots[gathered] = dot;

            // What is not comparable, since something overflowed, is looked at further.
            gathered += query.UpperBound(dot, scales[row], residuals[row]) < threshold ? 0 : 1;
        }

        return gathered;
    }

    private void OfferNear(Span<int> rows, Span<int> dots, TopHits best)
    {
        var (block, query) = (_part.Block, _codes!);
        var length = block.RowLength;
        ref var codes = ref MemoryMarshal.GetArrayDataReference(block.FineCodes);
        ref var queryCodes = ref MemoryMarshal.GetArrayDataReference(query.Codes);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            var dot = ByteKernel.Dot(ref Unsafe.Add(ref codes, (nint)row * length), ref queryCodes, length);
            if (!(query.UpperBound(dots[i], dot, block.Scales[row], block.FineResiduals[row]) < best.Threshold))
            {
                Offer(row, best);
            }
        }
    }

    private void Offer(int row, TopHits best)
    {
        if (!_part.IsLive(row))
        {
            return;
        }

        // The score is cheaper than the filter, which may have to read the record.
        var score = VectorMath.Dot(_part.Block.Row(row), _query.Span);
        if (score >= best.Threshold && (_filter is null || _filter(_place, row)))
        {
            best.Offer(new Hit(score, _place, row, _part.Keys[row]));
        }
    }
}
