using System.Runtime.InteropServices;
using Multimodal.Pipeline.Retrieval.Search;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>
/// Which entries stand, worked out from the blobs there are: of each key the newest, unless it is erased. For one thread at a time;
/// the views that it gives are for all.
/// </summary>
internal sealed class IndexState
{
    private readonly Dictionary<string, (int Part, int Row)> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _erased = new(StringComparer.Ordinal);
    private readonly List<Segment> _segments = [];
    private readonly List<ulong[]?> _dead = [];
    private IReadOnlyList<Erasure> _erasures = [];

    // Which of the dead bits no view has seen yet, and may still be written.
    private readonly HashSet<int> _own = [];

    /// <summary>The latest view.</summary>
    public IndexView View { get; private set; } = IndexView.Empty;

    /// <summary>Where a key's newest entry is; null where there is none.</summary>
    public (int Part, int Row)? Find(string key) => _places.TryGetValue(key, out var place) ? place : null;

    /// <summary>The latest time that is known of any of some keys, written or erased; 0 where none is known.</summary>
    public long LatestTicks(IEnumerable<string> keys) => keys.Select(LatestTicks).DefaultIfEmpty().Max();

    /// <summary>Takes over what there is now. What was there before and still is costs nothing unless something went.</summary>
    public void Set(IReadOnlyList<Segment> segments, IReadOnlyList<Erasure> erasures, IReadOnlyList<IndexDamagedException> damaged)
    {
        var kept = _segments.Count;
        if (segments.Count < kept || !segments.Take(kept).SequenceEqual(_segments, ReferenceEqualityComparer.Instance) || !erasures.SequenceEqual(_erasures))
        {
            Clear(erasures);
            kept = 0;
        }

        for (var part = kept; part < segments.Count; part++)
        {
            _segments.Add(segments[part]);
            _dead.Add(null);
            for (var row = 0; row < segments[part].Keys.Length; row++)
            {
                Place(part, row);
            }
        }

        _own.Clear();
        View = new IndexView(
            [.. _segments], [.. _segments.Select((segment, i) => new SearchPart(segment.Block, segment.Keys, _dead[i]))], damaged);
    }

    private long LatestTicks(string key) => Math.Max(
        Find(key) is var (part, row) ? _segments[part].Versions[row].Ticks : 0, _erased.GetValueOrDefault(key));

    private void Clear(IReadOnlyList<Erasure> erasures)
    {
        _places.Clear();
        _segments.Clear();
        _dead.Clear();
        _erased.Clear();
        _erasures = erasures;
        foreach (var erasure in erasures)
        {
            foreach (var key in erasure.Keys)
            {
                ref var ticks = ref CollectionsMarshal.GetValueRefOrAddDefault(_erased, key, out _);
                ticks = Math.Max(ticks, erasure.Ticks);
            }
        }
    }

    private void Place(int part, int row)
    {
        var (key, version) = (_segments[part].Keys[row], _segments[part].Versions[row]);
        if (_erased.Count > 0 && _erased.TryGetValue(key, out var erased) && version.Ticks <= erased)
        {
            Kill(part, row);
            return;
        }

        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, key, out var known);
        if (!known)
        {
            place = (part, row);
        }
        else if (version.CompareTo(_segments[place.Part].Versions[place.Row]) > 0)
        {
            Kill(place.Part, place.Row);
            place = (part, row);
        }
        else
        {
            // Older, or the same once more: a segment and the log that it was made of.
            Kill(part, row);
        }
    }

    private void Kill(int part, int row)
    {
        if (_own.Add(part))
        {
            _dead[part] = _dead[part] is { } seen ? [.. seen] : new ulong[(_segments[part].Keys.Length + 63) / 64];
        }

        _dead[part]![row >> 6] |= 1UL << row;
    }
}
