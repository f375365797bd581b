using System.Numerics;

namespace Multimodal.Onnx.Batching;

/// <summary>Chooses which of the waiting items share the next run. Not safe for concurrent use: its batcher locks.</summary>
internal sealed class BatchPicker<TItem, TResult>(double maximumPaddingShare, bool powersOfTwo)
{
    // How far behind the first an item may stand to be taken along, in batches: looking further costs more than it finds.
    private const int Reach = 4;

    private readonly List<PendingItem<TItem, TResult>> _candidates = [];

    /// <summary>
    /// The first in line, and of those of its kind behind it the nearest in length while padding stays within its share. Nothing where none waits.
    /// </summary>
    public PendingItem<TItem, TResult>[] Pick(WaitingLine<TItem, TResult> line, int maximum)
    {
        _candidates.Clear();
        _candidates.AddRange(line.InOrder().Take(line.Count <= maximum ? maximum : maximum * Reach));
        if (_candidates.Count == 0)
        {
            return [];
        }

        var first = _candidates[0];
        _candidates.RemoveAll(candidate => candidate.Kind != first.Kind);
        if (_candidates.Exists(candidate => candidate.Length != first.Length))
        {
            KeepNeighbours(first.Length, maximum);
        }

        var count = Math.Min(_candidates.Count, maximum);
        return [.. _candidates.Take(powersOfTwo && count < maximum ? 1 << BitOperations.Log2((uint)count) : count)];
    }

    private void KeepNeighbours(int length, int maximum)
    {
        var byDistance = _candidates.Skip(1).OrderBy(candidate => Math.Abs(candidate.Length - length)).ToList();
        _candidates.RemoveRange(1, _candidates.Count - 1);
        var (longest, sum) = (length, (long)length);
        foreach (var candidate in byDistance)
        {
            var newLongest = Math.Max(longest, candidate.Length);
            var newSum = sum + candidate.Length;
            if (newLongest > 0 && 1 - ((double)newSum / ((_candidates.Count + 1L) * newLongest)) > maximumPaddingShare)
            {
                continue;
            }

            (longest, sum) = (newLongest, newSum);
            _candidates.Add(candidate);
            if (_candidates.Count == maximum)
            {
                return;
            }
        }
    }
}
