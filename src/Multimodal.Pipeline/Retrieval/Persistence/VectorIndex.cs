using Microsoft.Extensions.Logging;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>
/// One index: entries in blobs, and a copy of them in memory to search. Several processes may write, erase and search it at once;
/// one that dies leaves it as if it had done what it was at, or had not.
/// </summary>
/// <remarks>
/// <para>
/// What there is: a manifest that names segments; segments of many entries; a log, in which every write is a blob of
/// its own; and erasures that are being carried out. Blobs but for the manifest are never changed, only written under new names and deleted.
/// Of each key the entry of the newest version stands, unless an erasure of the same time or later names the key. So an index
/// is the same however far a compaction has come, and whoever reads it.
/// </para>
/// <para>
/// A write is one blob of the log. A compaction reads the manifest, then erasures, then the log; merges; writes new segments; puts a new
/// manifest over the very version that it read, and only then deletes: first what it merged, last the erasures that it carried
/// out. A reader lists in the other order, erasures and log before the manifest, so that what a compaction moves meanwhile is seen at one
/// place or at both; a blob that is listed but gone makes it begin anew.
/// </para>
/// <para>
/// An erasure is written first, which hides its keys, and then a compaction deletes every copy: segments that hold one are rewritten,
/// whatever their size, before the erasure returns. Every erasure puts a new manifest, so that a compaction that read a copy before must fail
/// at its own. The segments that it had written carry the generation that it began with; those of generations past that no
/// manifest names are deleted by the next compaction.
/// </para>
/// </remarks>
internal sealed class VectorIndex : IDisposable
{
    private const int MostAttempts = 20;

    private readonly IndexBlobs _blobs;
    private readonly IndexDefinition _definition;
    private readonly IndexOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly IndexState _state = new();
    private readonly Dictionary<BlobPath, Segment> _loaded = [];
    private readonly Dictionary<BlobPath, Erasure> _erasures = [];
    private readonly Dictionary<BlobPath, IndexDamagedException> _damaged = [];
    private (IndexManifest Manifest, string ETag)? _manifest;
    private long _lastTicks;
    private Seen? _current;

    public VectorIndex(IBlobStore store, string name, IndexDefinition definition, IndexOptions options, TimeProvider time, ILogger logger)
    {
        _blobs = new IndexBlobs(store, name);
        (_definition, _options, _time, _logger) = (definition, options, time, logger);
    }

    /// <summary>Whether there is such an index.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken) => await _blobs.FindManifestAsync(cancellationToken) is not null;

    /// <summary>Makes the index where there is none.</summary>
    /// <exception cref="IndexMismatchException">There is one of another dimension or distance.</exception>
    public Task EnsureExistsAsync(CancellationToken cancellationToken) =>
        WithGateAsync(() => EnsureExistsCoreAsync(cancellationToken), cancellationToken);

    /// <summary>The index as it stands, or stood a moment ago.</summary>
    /// <exception cref="IndexDamagedException">The manifest cannot be used.</exception>
    public async ValueTask<IndexView> GetViewAsync(CancellationToken cancellationToken)
    {
        if (_current is { } current && _time.GetElapsedTime(current.At) < _options.Freshness)
        {
            return current.View;
        }

        return await WithGateAsync(() => RefreshAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Reads some entries as they stand now, in the order of their keys; what there is not is left out.</summary>
    public Task<List<(Segment Segment, int Row)>> ReadAsync(IEnumerable<string> keys, CancellationToken cancellationToken) =>
        WithGateAsync(
            async () =>
            {
                var view = await RefreshAsync(cancellationToken);
                return keys.Select(_state.Find).OfType<(int Part, int Row)>().Select(place => (view.Segments[place.Part], place.Row)).ToList();
            },
            cancellationToken);

    /// <summary>Writes entries, in place of those of the same keys. After a failure it may have happened or not; again is harmless.</summary>
    public Task UpsertAsync(IReadOnlyList<(string Key, ReadOnlyMemory<float> Vector, ReadOnlyMemory<byte> Data)> entries, CancellationToken cancellationToken) =>
        WithGateAsync(
            async () =>
            {
                await EnsureExistsCoreAsync(cancellationToken);
                await RefreshAsync(cancellationToken);
                await WriteLogAsync(entries, cancellationToken);
                await CompactIfDueAsync(cancellationToken);
                return true;
            },
            cancellationToken);

    /// <summary>
    /// Erases entries: none of them is found from now on, and when this returns no blob holds a copy. Again is harmless, and needed after a
    /// failure, which may leave copies that nobody sees.
    /// </summary>
    /// <exception cref="IndexDamagedException">All is erased but for what the named blob may hold, which cannot be read.</exception>
    public Task EraseAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        WithGateAsync(
            async () =>
            {
                if (keys.Count == 0)
                {
                    return true;
                }

                var view = await RefreshAsync(cancellationToken);
                var wanted = keys.ToHashSet(StringComparer.Ordinal);
                if (_manifest is not null && (_erasures.Count > 0 || view.Segments.Any(segment => segment.Keys.Any(wanted.Contains))))
                {
                    var version = NewVersion(wanted);
                    await _blobs.WriteErasureAsync(
                        _blobs.Paths.NewErasure(version), new Erasure { Ticks = version.Ticks, Keys = [.. wanted] }, cancellationToken);
                    view = await CompactCoreAsync(cancellationToken);
                }

                return view.Damaged.Count > 0 ? throw view.Damaged[0] : true;
            },
            cancellationToken);

    /// <summary>Merges the log into segments, and carries out erasures that another process left unfinished.</summary>
    public Task CompactAsync(CancellationToken cancellationToken) =>
        WithGateAsync(() => CompactCoreAsync(cancellationToken), cancellationToken);

    /// <summary>Deletes the index. Nobody may write it meanwhile.</summary>
    public Task DeleteAsync(CancellationToken cancellationToken) =>
        WithGateAsync(
            async () =>
            {
                // The manifest is emptied first and deleted last: segments without one would look like damage.
                while (await _blobs.ReadManifestAsync(cancellationToken) is var (manifest, eTag))
                {
                    var emptied = manifest with { Segments = [], Generation = manifest.Generation + 1 };
                    if (await _blobs.WriteManifestAsync(emptied, eTag, cancellationToken) is not null)
                    {
                        break;
                    }
                }

                foreach (var prefix in new[] { _blobs.Paths.Log, _blobs.Paths.Segments, _blobs.Paths.Erasures })
                {
                    await _blobs.DeleteAsync(await _blobs.ListAsync(prefix, cancellationToken), cancellationToken);
                }

                await _blobs.DeleteAsync([_blobs.Paths.Manifest], cancellationToken);
                Forget();
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task<T> WithGateAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<bool> EnsureExistsCoreAsync(CancellationToken cancellationToken)
    {
        while (_manifest is null && (_manifest = await _blobs.ReadManifestAsync(cancellationToken)) is null)
        {
            var manifest = new IndexManifest
            {
                Format = IndexManifest.CurrentFormat,
                Dimension = _definition.Dimension,
                Distance = _definition.Distance,
                Generation = 0,
                Segments = [],
            };
            await _blobs.WriteManifestAsync(manifest, null, cancellationToken);
        }

        ThrowIfMismatched();
        return true;
    }

    private void ThrowIfMismatched()
    {
        if (_manifest is var (manifest, _) && (manifest.Dimension != _definition.Dimension || manifest.Distance != _definition.Distance))
        {
            throw new IndexMismatchException(_blobs.Paths.Manifest, new IndexDefinition(manifest.Dimension, manifest.Distance), _definition);
        }
    }

    private void Forget()
    {
        _manifest = null;
        _loaded.Clear();
        _erasures.Clear();
        _damaged.Clear();
        _state.Set([], [], []);
        _current = null;
    }

    private async Task<IndexView> RefreshAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryRefreshAsync(attempt == MostAttempts, cancellationToken))
            {
                _current = new Seen(_state.View, _time.GetTimestamp());
                return _state.View;
            }
        }
    }

    /// <summary>Brings the state up to what is stored; false where that changed meanwhile.</summary>
    /// <param name="last">What is named and not there is then taken for lost.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    private async Task<bool> TryRefreshAsync(bool last, CancellationToken cancellationToken)
    {
        var erasures = await _blobs.ListAsync(_blobs.Paths.Erasures, cancellationToken);
        var logs = await _blobs.ListAsync(_blobs.Paths.Log, cancellationToken);
        if (!await RefreshManifestAsync(cancellationToken))
        {
            return true;
        }

        BlobPath[] paths = [.. _manifest!.Value.Manifest.Segments.Select(name => new BlobPath(Containers.Indexes, name)), .. logs];
        return await LoadErasuresAsync(erasures, cancellationToken) && await LoadSegmentsAsync(paths, last, cancellationToken);
    }

    private async Task<bool> RefreshManifestAsync(CancellationToken cancellationToken)
    {
        var eTag = await _blobs.FindManifestAsync(cancellationToken);
        if (eTag is null || eTag != _manifest?.ETag)
        {
            _manifest = eTag is null ? null : await _blobs.ReadManifestAsync(cancellationToken);
            _damaged.Clear();
        }

        ThrowIfMismatched();
        if (_manifest is not null)
        {
            return true;
        }

        if ((await _blobs.ListAsync(_blobs.Paths.Segments, cancellationToken)).Count > 0)
        {
            throw _blobs.Damaged("it is gone, and there are segments.", null);
        }

        Forget();
        return false;
    }

    private async Task<bool> LoadErasuresAsync(IReadOnlyCollection<BlobPath> paths, CancellationToken cancellationToken)
    {
        foreach (var path in _erasures.Keys.Except(paths).ToList())
        {
            _erasures.Remove(path);
        }

        foreach (var path in paths.Except(_erasures.Keys).ToList())
        {
            if (await _blobs.ReadErasureAsync(path, cancellationToken) is not { } erasure)
            {
                return false;
            }

            _erasures.Add(path, erasure);
        }

        return true;
    }

    private async Task<bool> LoadSegmentsAsync(IReadOnlyList<BlobPath> paths, bool last, CancellationToken cancellationToken)
    {
        var wanted = paths.ToHashSet();
        foreach (var path in _loaded.Keys.Where(path => !wanted.Contains(path)).ToList())
        {
            _loaded.Remove(path);
        }

        var read = await _blobs.ReadSegmentsAsync(
            [.. wanted.Where(path => !_loaded.ContainsKey(path) && !_damaged.ContainsKey(path))], _definition.Dimension, cancellationToken);
        foreach (var (path, (segment, fault)) in read)
        {
            if (segment is not null)
            {
                _loaded.Add(path, segment);
            }
            else if (fault is not null || last)
            {
                _damaged.Add(path, fault ?? IndexDamagedException.OfSegment(path, "it is gone."));
                Log.IndexDamaged(_logger, LoggedException.Of(_damaged[path]));
            }
            else
            {
                return false;
            }
        }

        // What was there before keeps its place, so that only what is new has to be worked in.
        var before = _state.View.Segments.Where(segment => _loaded.ContainsKey(segment.Path)).ToList();
        var known = before.Select(segment => segment.Path).ToHashSet();
        _state.Set(
            [.. before, .. paths.Where(path => !known.Contains(path) && _loaded.ContainsKey(path)).Select(path => _loaded[path])],
            [.. _erasures.Values],
            [.. _damaged.Where(damaged => wanted.Contains(damaged.Key)).Select(damaged => damaged.Value)]);
        return true;
    }

    private EntryVersion NewVersion(IEnumerable<string> keys)
    {
        // Later than all that is known, whatever this machine's clock says.
        _lastTicks = Math.Max(_time.GetUtcNow().UtcTicks, Math.Max(_lastTicks, _state.LatestTicks(keys)) + 1);
        return EntryVersion.Create(_lastTicks);
    }

    private async Task WriteLogAsync(
        IReadOnlyList<(string Key, ReadOnlyMemory<float> Vector, ReadOnlyMemory<byte> Data)> entries, CancellationToken cancellationToken)
    {
        var (piece, size) = (new List<IndexEntry>(), 0L);
        foreach (var (key, vector, data) in entries)
        {
            var entry = new IndexEntry(key, NewVersion([key]), vector, data);
            if (piece.Count > 0 && size + entry.Size > _options.LargestSegment)
            {
                await WriteLogAsync(piece, cancellationToken);
                (piece, size) = ([], 0);
            }

            piece.Add(entry);
            size += entry.Size;
        }

        if (piece.Count > 0)
        {
            await WriteLogAsync(piece, cancellationToken);
        }
    }

    private async Task WriteLogAsync(List<IndexEntry> entries, CancellationToken cancellationToken)
    {
        var content = SegmentFile.Write(_definition.Dimension, entries);
        var path = _blobs.Paths.NewLog(entries[0].Version);
        await _blobs.WriteSegmentAsync(path, content, cancellationToken);
        _loaded.Add(path, SegmentFile.Read(path, content, _definition.Dimension));
        _state.Set([.. _state.View.Segments, _loaded[path]], [.. _erasures.Values], _state.View.Damaged);
        _current = new Seen(_state.View, _time.GetTimestamp());
    }

    private async Task CompactIfDueAsync(CancellationToken cancellationToken)
    {
        var log = _loaded.Values.Where(segment => segment.Path.Name.StartsWith(_blobs.Paths.Log, StringComparison.Ordinal)).ToList();
        if (log.Count <= _options.LargestLog && log.Sum(segment => segment.Length) <= _options.LargestSegment && _erasures.Count == 0)
        {
            return;
        }

        try
        {
            await CompactCoreAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What was to be written is written; the next write tries again.
            Log.CompactionFailed(_logger, LoggedException.Of(e));
        }
    }

    private async Task<IndexView> CompactCoreAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Read before what is listed below: whoever erases something that is listed here still, changes the manifest afterwards.
            if (await _blobs.ReadManifestAsync(cancellationToken) is not var (_, eTag))
            {
                return await RefreshAsync(cancellationToken);
            }

            var view = await RefreshAsync(cancellationToken);
            if (_manifest?.ETag == eTag && await TryCompactAsync(view, cancellationToken))
            {
                return await RefreshAsync(cancellationToken);
            }

            if (attempt == MostAttempts)
            {
                throw new IOException($"The index of '{_blobs.Paths.Manifest}' changed at every of {attempt} attempts to compact it.");
            }
        }
    }

    private async Task<bool> TryCompactAsync(IndexView view, CancellationToken cancellationToken)
    {
        var (manifest, eTag) = _manifest!.Value;
        BlobPath[] erasures = [.. _erasures.Keys];
        var plan = CompactionPlan.Create(view, [.. _erasures.Values], _blobs.Paths.Log, _options.LargestSegment);
        if (plan.Merged.Count == 0 && erasures.Length == 0)
        {
            return true;
        }

        var written = new List<BlobPath>();
        foreach (var piece in plan.Pieces(view, _options.LargestSegment))
        {
            written.Add(_blobs.Paths.NewSegment(manifest.Generation));
            await _blobs.WriteSegmentAsync(written[^1], SegmentFile.Write(manifest.Dimension, piece), cancellationToken);
        }

        var next = manifest with
        {
            Generation = manifest.Generation + 1,
            Segments = [.. manifest.Segments.Except(plan.Segments.Select(path => path.Name)), .. written.Select(path => path.Name)],
        };
        if (await _blobs.WriteManifestAsync(next, eTag, cancellationToken) is null)
        {
            await _blobs.DeleteAsync(written, cancellationToken);
            return false;
        }

        // Erasures last: while a copy can still be listed, what hides it must be too.
        await _blobs.DeleteAsync(plan.Logs, cancellationToken);
        await DeleteOrphansAsync(next, cancellationToken);
        await _blobs.DeleteAsync(erasures, cancellationToken);
        return true;
    }

    // Whoever wrote a segment of a past generation, and has not named it by now, cannot do so any more.
    private async Task DeleteOrphansAsync(IndexManifest manifest, CancellationToken cancellationToken)
    {
        var segments = await _blobs.ListAsync(_blobs.Paths.Segments, cancellationToken);
        await _blobs.DeleteAsync(
            segments.Where(path => _blobs.Paths.GenerationOf(path.Name) < manifest.Generation && !manifest.Segments.Contains(path.Name)),
            cancellationToken);
    }

    /// <summary>A view, and when it was up to date.</summary>
    private sealed record Seen(IndexView View, long At);
}
