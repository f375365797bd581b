using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Multimodal.Local.Files;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Serve.Uploads;

/// <summary>
/// A folder: files grow while they are copied. One is whole when it has not changed for the settle time, or was renamed into place.
/// The system's events only shorten the wait for the next listing, for they can be absent, or lost.
/// </summary>
internal sealed class FolderUploadSource : IUploadSource, IDisposable
{
    private const int MostRenames = 10_000;

    // Of a burst of events one listing sees all.
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(100);

    private readonly Channel<bool> _hints = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, bool> _renamed = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly TimeSpan _settleTime;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FileSystemWatcher? _watcher;

    /// <param name="root">The folder of the storage.</param>
    /// <param name="settleTime">How long a file must not have changed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it says that it goes without the system's events.</param>
    public FolderUploadSource(string root, TimeSpan settleTime, TimeProvider time, ILogger<FolderUploadSource> logger)
    {
        (_settleTime, _time, _logger) = (settleTime, time, logger);
        _folder = Directory.CreateDirectory(Path.Combine(root, Containers.Uploads)).FullName;
        _watcher = TryWatch();
    }

    public bool TimesTell => false;

    public bool IsWhole(BlobEntry upload, TimeSpan seenFor) =>
        _renamed.TryRemove(upload.Path.Name, out _)
        || seenFor >= _settleTime
        || _time.GetUtcNow() - upload.LastModified >= _settleTime;

    public async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        try
        {
            await _hints.Reader.WaitToReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }

        await Task.Delay(Burst, _time, cancellationToken);
        _hints.Reader.TryRead(out _);
    }

    public void Dispose() => _watcher?.Dispose();

    private FileSystemWatcher? TryWatch()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(_folder)
            {
                IncludeSubdirectories = true,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Created += (_, _) => Hint();
            watcher.Changed += (_, _) => Hint();
            watcher.Renamed += (_, renamed) => NoteRename(renamed.FullPath);
            watcher.Error += (_, error) => NoteError(error.GetException());
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            watcher?.Dispose();
            Log.WatchingByListingAlone(_logger, e.Message);
            return null;
        }
    }

    private void Hint() => _hints.Writer.TryWrite(true);

    private void NoteRename(string path)
    {
        // Forgotten rather than kept without bound: what is not known to be renamed settles a little later.
        if (_renamed.Count >= MostRenames)
        {
            _renamed.Clear();
        }

        _renamed[BlobFileNames.ToName(Path.GetRelativePath(_folder, path))] = true;
        Hint();
    }

    private void NoteError(Exception e)
    {
        Log.WatchingByListingAlone(_logger, e.Message);
        Hint();
    }
}
