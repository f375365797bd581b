using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Serve.Uploads;

/// <summary>What the kinds of storage differ in, for the one who watches uploads.</summary>
internal interface IUploadSource
{
    /// <summary>Whether times are the storage's own; a file brings its time with it.</summary>
    bool TimesTell { get; }

    /// <summary>Whether an upload is there whole, not still being written.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="seenFor">For how long this version of it has been seen.</param>
    bool IsWhole(BlobEntry upload, TimeSpan seenFor);

    /// <summary>Waits before the next listing: so long at the most, less where something is known to have come.</summary>
    Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken);
}
