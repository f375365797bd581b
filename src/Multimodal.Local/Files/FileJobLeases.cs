using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Files;

/// <summary>Leases as lock files, <c>{root}/.leases/{jobId}</c>. A file is there only while its lease is held, or after a crash until the next.</summary>
internal sealed class FileJobLeases(string root) : IJobLeases
{
    private readonly string _folder = Path.Combine(Path.GetFullPath(root), ".leases");

    public ValueTask<IAsyncDisposable?> TryAcquireAsync(JobId jobId, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(_folder, BlobFileNames.ToPath(jobId.Value));
        while (ExclusiveFile.TryOpen(path) is { } file)
        {
            if (FileLease.TryTake(path, file) is { } lease)
            {
                return ValueTask.FromResult<IAsyncDisposable?>(lease);
            }
        }

        return ValueTask.FromResult<IAsyncDisposable?>(null);
    }
}
