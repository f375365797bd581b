using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Serve.Uploads;

/// <summary>A version of an upload that is still to be taken in.</summary>
internal sealed class PendingUpload(BlobEntry entry, DateTimeOffset firstSeen)
{
    public BlobEntry Entry { get; } = entry;

    /// <summary>When this version was first listed.</summary>
    public DateTimeOffset FirstSeen { get; } = firstSeen;

    /// <summary>Attempts that failed.</summary>
    public int Failures { get; set; }

    /// <summary>When the next attempt may begin.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Whether somebody is at work on it.</summary>
    public bool AtWork { get; set; }
}
