using System.Collections.Concurrent;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>The blobs of one index, read and written.</summary>
internal sealed class IndexBlobs(IBlobStore store, string index)
{
    private const int ConcurrentReads = 8;

    private readonly IndexPaths _paths = new(index);

    public IndexPaths Paths => _paths;

    /// <summary>The names of what lies under a prefix, in their order.</summary>
    public async Task<List<BlobPath>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        await store.ListAsync(Containers.Indexes, prefix, cancellationToken).Select(entry => entry.Path).ToListAsync(cancellationToken);

    /// <summary>The manifest's version; null where there is no such index.</summary>
    public async Task<string?> FindManifestAsync(CancellationToken cancellationToken) =>
        (await store.FindAsync(_paths.Manifest, cancellationToken))?.ETag;

    /// <summary>The manifest; null where there is none.</summary>
    /// <exception cref="IndexDamagedException">It cannot be used.</exception>
    public async Task<(IndexManifest Manifest, string ETag)?> ReadManifestAsync(CancellationToken cancellationToken)
    {
        try
        {
            var read = await store.ReadJsonAsync(_paths.Manifest, IndexJson.Default.IndexManifest, cancellationToken);
            return read is null || read.Value.Value.Format == IndexManifest.CurrentFormat
                ? read
                : throw Damaged($"it is of format {read.Value.Value.Format}, and this version reads format {IndexManifest.CurrentFormat}.", null);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e.Message, e);
        }
    }

    /// <summary>Writes the manifest over the version that was read, or where there is none; null where that is not so any more.</summary>
    public ValueTask<string?> WriteManifestAsync(IndexManifest manifest, string? eTag, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(
            _paths.Manifest,
            manifest,
            IndexJson.Default.IndexManifest,
            eTag is null ? WriteCondition.IfAbsent : WriteCondition.IfMatch(eTag),
            cancellationToken);

    /// <summary>Reads segments; null for one that is not there, an exception for one that is damaged.</summary>
    public async Task<IReadOnlyDictionary<BlobPath, (Segment? Segment, IndexDamagedException? Fault)>> ReadSegmentsAsync(
        IReadOnlyCollection<BlobPath> paths, int dimension, CancellationToken cancellationToken)
    {
        var read = new ConcurrentDictionary<BlobPath, (Segment?, IndexDamagedException?)>();
        await Parallel.ForEachAsync(
            paths,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (path, token) =>
            {
                try
                {
                    read[path] = (await store.ReadAsync(path, token) is { } blob ? SegmentFile.Read(path, blob.Content, dimension) : null, null);
                }
                catch (IndexDamagedException e)
                {
                    read[path] = (null, e);
                }
            });
        return read;
    }

    /// <summary>Reads an erasure; null where it is done with.</summary>
    /// <exception cref="IndexDamagedException">It cannot be used.</exception>
    public async Task<Erasure?> ReadErasureAsync(BlobPath path, CancellationToken cancellationToken)
    {
        try
        {
            return (await store.ReadJsonAsync(path, IndexJson.Default.Erasure, cancellationToken))?.Value;
        }
        catch (InvalidDataException e)
        {
            throw new IndexDamagedException(path, e.Message, "Delete it, and the jobs again that were being deleted.", e);
        }
    }

    /// <summary>Writes an erasure.</summary>
    public ValueTask<string?> WriteErasureAsync(BlobPath path, Erasure erasure, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(path, erasure, IndexJson.Default.Erasure, WriteCondition.IfAbsent, cancellationToken);

    /// <summary>Writes a segment, whose name is new.</summary>
    public ValueTask<string?> WriteSegmentAsync(BlobPath path, byte[] content, CancellationToken cancellationToken) =>
        store.WriteAsync(path, content, WriteCondition.IfAbsent, cancellationToken);

    /// <summary>Deletes blobs.</summary>
    public async Task DeleteAsync(IEnumerable<BlobPath> paths, CancellationToken cancellationToken)
    {
        foreach (var path in paths)
        {
            await store.DeleteAsync(path, cancellationToken);
        }
    }

    /// <summary>A manifest that cannot be used.</summary>
    public IndexDamagedException Damaged(string fault, Exception? innerException) => new(
        _paths.Manifest,
        fault,
        "Put it back from a copy; or delete everything beside it and below, and run the jobs again.",
        innerException);
}
