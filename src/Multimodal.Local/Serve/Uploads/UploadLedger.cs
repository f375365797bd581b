using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Serve.Uploads;

/// <summary>
/// Remembers which versions of which uploads were taken in, and which are still to be. What is no longer listed is forgotten. It is
/// lost with the process, which costs a look at each receipt at the next start.
/// </summary>
internal sealed class UploadLedger(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _done = [];
    private readonly HashSet<UInt128> _listed = [];
    private readonly Dictionary<string, PendingUpload> _pending = new(StringComparer.Ordinal);

    /// <summary>A listing begins.</summary>
    public void BeginListing() => _listed.Clear();

    /// <summary>Notes an upload that is listed; gives what is to be done with it, or null where there is nothing.</summary>
    public PendingUpload? Note(BlobEntry upload)
    {
        var version = UploadVersion.Of(upload);
        lock (_lock)
        {
            _listed.Add(version);
            if (_done.Contains(version))
            {
                return null;
            }

            if (!_pending.TryGetValue(upload.Path.Name, out var pending) || (pending.Entry.ETag != upload.ETag && !pending.AtWork))
            {
                pending = new PendingUpload(upload, time.GetUtcNow());
                _pending[upload.Path.Name] = pending;
            }

            return pending.AtWork || pending.NotBefore > time.GetUtcNow() ? null : pending;
        }
    }

    /// <summary>A listing came to its end: what was not in it is forgotten.</summary>
    public void EndListing()
    {
        lock (_lock)
        {
            _done.IntersectWith(_listed);
            foreach (var (name, pending) in _pending)
            {
                if (!pending.AtWork && !_listed.Contains(UploadVersion.Of(pending.Entry)))
                {
                    _pending.Remove(name);
                }
            }
        }
    }

    /// <summary>Somebody begins to take an upload in.</summary>
    public void Begin(PendingUpload pending)
    {
        lock (_lock)
        {
            pending.AtWork = true;
        }
    }

    /// <summary>An upload is taken in, or given up for good.</summary>
    public void Complete(PendingUpload pending)
    {
        lock (_lock)
        {
            _done.Add(UploadVersion.Of(pending.Entry));
            _pending.Remove(pending.Entry.Path.Name);
        }
    }

    /// <summary>An attempt failed, or was not made; the next one waits.</summary>
    public void PutOff(PendingUpload pending, TimeSpan pause)
    {
        lock (_lock)
        {
            pending.NotBefore = time.GetUtcNow() + pause;
            pending.AtWork = false;
        }
    }
}
