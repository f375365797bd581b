using System.Globalization;
using System.Runtime.CompilerServices;
using Multimodal.Local.Files.Encryption;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Local.Files;

/// <summary>
/// Blobs as files: <c>{root}/{container}/{name}</c>. An ETag is made of the file's time and length, so that a file
/// that was dropped in by hand is a blob like any other. Several processes may share the root. With keys, what is written is encrypted;
/// plain files are read beside encrypted ones.
/// </summary>
internal sealed class FileBlobStore : IBlobStore, IEncryptedBlobs
{
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    // A folder that may not be read, or a circle of links, hides nothing but itself.
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = 0,
        MatchType = MatchType.Simple,
    };

    private readonly string _root;
    private readonly FileLocks _locks;
    private readonly BlobSealer? _sealer;

    public FileBlobStore(string root, BlobKeys? keys = null)
    {
        _sealer = keys is null ? null : new BlobSealer(keys);
        _root = Path.GetFullPath(root);
        _locks = new FileLocks(Path.Combine(_root, ".locks"));
        DeleteAbandoned();
    }

    public ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        var file = PathOf(path);
        return ValueTask.FromResult(Describe(path, new FileInfo(file)) is { } entry ? WithPlainLength(entry, file) : null);
    }

    public async ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        var file = PathOf(path);
        while (true)
        {
            try
            {
                await using var stream = new FileStream(
                    file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: false);
                var before = ETagOf(File.GetLastWriteTimeUtc(stream.SafeFileHandle), stream.Length);
                var content = new byte[stream.Length];
                await stream.ReadExactlyAsync(content, cancellationToken);

                // Ours are replaced whole, but a file dropped in by hand may still be growing.
                if (ETagOf(File.GetLastWriteTimeUtc(stream.SafeFileHandle), stream.Length) == before)
                {
                    return new StoredBlob(await OpenAsync(path, content, cancellationToken), before);
                }
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            catch (EndOfStreamException)
            {
                // It was cut while it was read.
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default)
    {
        var file = PathOf(path);

        // Before the lock is held: a vault may have to be asked.
        content = _sealer is null ? content : await _sealer.SealAsync(path, content, cancellationToken);
        using var held = await _locks.AcquireAsync(path.ToString(), cancellationToken);
        var current = Describe(path, new FileInfo(file));
        if ((condition.MustBeAbsent && current is not null) || (condition.ETag is { } eTag && eTag != current?.ETag))
        {
            return null;
        }

        // Written beside and moved into place: a reader, or a crash, never sees a part of it.
        var temporary = Path.Combine(Temporary, Path.GetRandomFileName());
        CreateFolder(temporary);
        try
        {
            await File.WriteAllBytesAsync(temporary, content, cancellationToken);
            var written = StampNewer(temporary, content.Length, current);
            Place(temporary, file);
            return written;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var top = Path.Combine(_root, container);
        var entries =
            from parent in FoldersOf(top, prefix)
            from file in FilesBelow(parent)
            let name = BlobFileNames.ToName(Path.GetRelativePath(top, file.FullName))
            where name.StartsWith(prefix, StringComparison.Ordinal) && PathOf(new BlobPath(container, name)) == file.FullName
            select (Name: name, File: file);
        foreach (var (name, file) in entries.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Describe(new BlobPath(container, name), file) is { } entry && WithPlainLength(entry, file.FullName) is { } described)
            {
                yield return described;
            }
        }

        await Task.CompletedTask;
    }

    public ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default)
    {
        var entries = new List<BlobEntry>();
        foreach (var (name, file) in new OrderedFiles(Path.Combine(_root, container), prefix, continuation, count + 1).Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (entries.Count == count)
            {
                return ValueTask.FromResult(new BlobPage(entries, entries[^1].Path.Name));
            }

            var path = new BlobPath(container, name);
            if (PathOf(path) == file && Describe(path, new FileInfo(file)) is { } entry && WithPlainLength(entry, file) is { } described)
            {
                entries.Add(described);
            }
        }

        return ValueTask.FromResult(new BlobPage(entries, null));
    }

    public async ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        var file = PathOf(path);
        using var held = await _locks.AcquireAsync(path.ToString(), cancellationToken);
        if (!File.Exists(file))
        {
            return false;
        }

        File.Delete(file);
        DeleteEmptyFolders(Path.GetDirectoryName(file)!, Path.Combine(_root, path.Container));
        return true;
    }

    /// <summary>A header is replaced in its place, and the file keeps its time.</summary>
    public bool KeepsVersions => true;

    public async ValueTask<(bool Exists, string? KeyId)> FindKeyAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        var header = new byte[SealedHeader.Bytes];
        var read = await ReadStartAsync(PathOf(path), header, cancellationToken);
        return (read is not null, read is { } length && SealedHeader.IsSealed(header) ? NameOf(SealedHeader.Read(path, header.AsSpan(0, length))) : null);
    }

    public async ValueTask<bool> RewrapAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        if (_sealer is null)
        {
            return false;
        }

        var current = _sealer.Keys.NameOf((await _sealer.Keys.GetCurrentAsync(cancellationToken)).KeyId);
        var file = PathOf(path);
        using var held = await _locks.AcquireAsync(path.ToString(), cancellationToken);
        var header = new byte[SealedHeader.Bytes];
        if (await ReadStartAsync(file, header, cancellationToken) is not { } length
            || !SealedHeader.IsSealed(header)
            || SealedHeader.Read(path, header.AsSpan(0, length)) is not { } before
            || NameOf(before) == current)
        {
            return false;
        }

        // As with a write, beside it and then into its place: a reader, or a crash, sees the one header or the other.
        var rewrapped = await _sealer.RewrapAsync(before, cancellationToken);
        var temporary = Path.Combine(Temporary, Path.GetRandomFileName());
        CreateFolder(temporary);
        try
        {
            File.Copy(file, temporary);
            await using (var stream = new FileStream(temporary, FileMode.Open, FileAccess.Write))
            {
                await stream.WriteAsync(rewrapped, cancellationToken);
            }

            File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(file));
            File.Move(temporary, file, overwrite: true);
            return true;
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private string NameOf(SealedHeader header) => _sealer?.Keys.NameOf(header.KeyId) ?? header.KeyId;

    private async ValueTask<ReadOnlyMemory<byte>> OpenAsync(BlobPath path, byte[] content, CancellationToken cancellationToken) =>
        !SealedHeader.IsSealed(content) ? content
            : _sealer is not null ? await _sealer.OpenAsync(path, content, cancellationToken)
            : throw new BlobKeyException(
                SealedHeader.Read(path, content).KeyId, "is not at hand, for none is set", "Set Encryption:KeyFile or Encryption:KeyVaultKey to what holds it.");

    // Null where the file went away meanwhile.
    private BlobEntry? WithPlainLength(BlobEntry entry, string file)
    {
        if (_sealer is null || entry.Length < SealedHeader.Bytes)
        {
            return entry;
        }

        try
        {
            using var handle = File.OpenHandle(file, share: FileShare.ReadWrite | FileShare.Delete);
            Span<byte> start = stackalloc byte[SealedHeader.PeekBytes];
            var read = RandomAccess.Read(handle, start, 0);

            // By the handle alone, so that length and version are of one file.
            var stored = RandomAccess.GetLength(handle);
            var written = File.GetLastWriteTimeUtc(handle);
            return new BlobEntry(
                entry.Path,
                ETagOf(written, stored),
                read == start.Length && SealedHeader.IsSealed(start) ? SealedHeader.PeekLength(start) : stored,
                new DateTimeOffset(written));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // How much was read; null where there is no such file.
    private static async ValueTask<int?> ReadStartAsync(string file, byte[] start, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static IEnumerable<string> FoldersOf(string top, string prefix)
    {
        var folder = prefix.LastIndexOf('/') is >= 0 and var slash ? prefix[..slash] : "";
        return new[] { BlobFileNames.ToPath(folder), BlobFileNames.ToLiteralPath(folder) }
            .OfType<string>().Select(path => Path.Combine(top, path)).Where(Directory.Exists);
    }

    private static FileInfo[] FilesBelow(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFiles("*", Everything);
        }
        catch (DirectoryNotFoundException)
        {
            // A delete beside this took the folder away because it was empty.
            return [];
        }
    }

    private string Temporary => Path.Combine(_root, ".tmp");

    private string PathOf(BlobPath path)
    {
        var folder = Path.Combine(_root, path.Container);
        var file = Path.Combine(folder, BlobFileNames.ToPath(path.Name));
        return BlobFileNames.ToLiteralPath(path.Name) is { } literal && !File.Exists(file) && File.Exists(Path.Combine(folder, literal))
            ? Path.Combine(folder, literal)
            : file;
    }

    private static BlobEntry? Describe(BlobPath path, FileInfo file) =>
        file.Exists
            ? new BlobEntry(path, ETagOf(file.LastWriteTimeUtc, file.Length), file.Length, new DateTimeOffset(file.LastWriteTimeUtc))
            : null;

    private static string ETagOf(DateTime lastWriteUtc, long length) =>
        string.Create(CultureInfo.InvariantCulture, $"{lastWriteUtc.Ticks:x}-{length:x}");

    // The clock of a file system may be coarse: two writes within one of its steps must still differ in their ETags.
    private static string StampNewer(string file, long length, BlobEntry? current)
    {
        for (var step = 1L; ; step *= 10)
        {
            var eTag = ETagOf(File.GetLastWriteTimeUtc(file), length);
            if (current is null || (eTag != current.ETag && File.GetLastWriteTimeUtc(file) > current.LastModified.UtcDateTime))
            {
                return eTag;
            }

            File.SetLastWriteTimeUtc(file, current.LastModified.UtcDateTime.AddTicks(step));
        }
    }

    private static void Place(string temporary, string file)
    {
        while (true)
        {
            CreateFolder(file);
            try
            {
                File.Move(temporary, file, overwrite: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                // A delete beside this took the folder away because it was empty.
            }
        }
    }

    // What a process that was killed left half written.
    private void DeleteAbandoned()
    {
        if (Directory.Exists(Temporary))
        {
            foreach (var file in new DirectoryInfo(Temporary).EnumerateFiles().Where(file => DateTime.UtcNow - file.LastWriteTimeUtc > LongestWrite))
            {
                file.Delete();
            }
        }
    }

    private static void CreateFolder(string file) => Directory.CreateDirectory(Path.GetDirectoryName(file)!);

    private static void DeleteEmptyFolders(string folder, string top)
    {
        try
        {
            while (folder.Length > top.Length && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
                folder = Path.GetDirectoryName(folder)!;
            }
        }
        catch (IOException)
        {
            // Somebody writes there again; the folder is theirs now.
        }
    }
}
