using System.Net;
using System.Net.Http.Headers;

namespace Multimodal.Local.Hub;

/// <summary>
/// Fetches files of a model into a folder. What breaks off lies there as <c>{name}.part</c> and is gone on with, in this run or a later
/// one; a file has its name only when its content is what the hub declares.
/// </summary>
internal sealed class FileFetcher(HubClient hub, HubLimits limits, TimeProvider time)
{
    private const string Part = ".part", Tag = ".etag";

    /// <summary>Fetches a file, unless it is there.</summary>
    /// <returns>What a lock says of it.</returns>
    /// <exception cref="HubException">It cannot be fetched, or is not what the hub declares.</exception>
    public async Task<LockedFile> FetchAsync(
        HubSource source, string commit, HubFile file, string folder, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var target = Path.Combine(folder, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (!File.Exists(target))
        {
            await DownloadAsync(source, commit, file, target, progress, cancellationToken);
            await CheckAsync(file, target + Part, source, cancellationToken);
            File.Move(target + Part, target);
            File.Delete(target + Tag);
        }

        progress.Report(file.Size);
        return new LockedFile(file.Path, file.Size, await FileHashes.Sha256Async(target, cancellationToken));
    }

    private async Task DownloadAsync(
        HubSource source, string commit, HubFile file, string target, IProgress<long> progress, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            var before = LengthOf(target + Part);
            try
            {
                if (before < file.Size || !File.Exists(target + Part))
                {
                    await GoOnAsync(source, commit, file, target, progress, cancellationToken);
                }

                return;
            }
            catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException && !cancellationToken.IsCancellationRequested)
            {
                // What goes forward goes on: only attempts that fetch nothing are counted.
                failures = LengthOf(target + Part) > before ? 1 : failures + 1;
                if (failures >= limits.MaximumAttempts)
                {
                    throw new HubException($"{file.Path} of {source} breaks off again and again: {e.Message} Try again; what is fetched already is kept.", e);
                }

                await Task.Delay(limits.Pause * failures, time, cancellationToken);
            }
        }
    }

    private async Task GoOnAsync(
        HubSource source, string commit, HubFile file, string target, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var etag = ReadTag(target + Tag);
        var from = etag is null ? 0 : LengthOf(target + Part);
        using var response = await hub.GetFileAsync(source, commit, file.Path, from, etag, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            File.Delete(target + Part);
            throw new IOException("the server has no such range");
        }

        // Anything but the range that was asked for is the whole file from its beginning.
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent;
        if (goesOn && response.Content.Headers.ContentRange?.From != from)
        {
            throw new IOException("the server sends another range");
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var part = new FileStream(target + Part, goesOn ? FileMode.Append : FileMode.Create, FileAccess.Write, FileShare.None);
        WriteTag(target + Tag, response.Headers.ETag);
        await CopyAsync(stream, part, file, source, progress, cancellationToken);
    }

    private async Task CopyAsync(
        Stream from, FileStream to, HubFile file, HubSource source, IProgress<long> progress, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 17];
        while (true)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(limits.Silence);
            int read;
            try
            {
                read = await from.ReadAsync(buffer, patience.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"nothing came for {limits.Silence.TotalSeconds:0} s");
            }

            if (read == 0)
            {
                break;
            }

            if (to.Length + read > file.Size)
            {
                throw TooLong(file, source, to);
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            progress.Report(to.Length);
        }

        if (to.Length < file.Size)
        {
            throw new IOException($"it ended after {to.Length} of {file.Size} bytes");
        }
    }

    private static HubException TooLong(HubFile file, HubSource source, FileStream part)
    {
        part.SetLength(0);
        return new HubException($"{file.Path} of {source} is longer than the {file.Size} bytes that the hub declares. It was not kept.");
    }

    private static async Task CheckAsync(HubFile file, string part, HubSource source, CancellationToken cancellationToken)
    {
        var (kind, declared, actual) = file.Sha256 is { } sha256
            ? ("SHA-256", sha256, await FileHashes.Sha256Async(part, cancellationToken))
            : ("git blob id", file.GitBlob, await FileHashes.GitBlobAsync(part, cancellationToken));
        if (declared != actual)
        {
            File.Delete(part);
            throw new HubException($"{file.Path} of {source} has the {kind} {actual}, but the hub declares {declared}. It was not kept; try again, or ask who keeps the model.");
        }
    }

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static EntityTagHeaderValue? ReadTag(string path) =>
        File.Exists(path) && EntityTagHeaderValue.TryParse(File.ReadAllText(path), out var tag) ? tag : null;

    // A weak tag does not promise the same bytes, so nothing is gone on with by it.
    private static void WriteTag(string path, EntityTagHeaderValue? tag)
    {
        if (tag is { IsWeak: false })
        {
            File.WriteAllText(path, tag.ToString());
        }
        else
        {
            File.Delete(path);
        }
    }
}
