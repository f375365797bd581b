using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Serve.Uploads;

/// <summary>A storage account: a blob is there whole or not at all, and nothing but the listing tells of it.</summary>
internal sealed class AccountUploadSource(TimeProvider time) : IUploadSource
{
    public bool TimesTell => true;

    public bool IsWhole(BlobEntry upload, TimeSpan seenFor) => true;

    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => Task.Delay(longest, time, cancellationToken);
}
