using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Files;

/// <summary>Leases as lock files, <c>{root}/.leases/{jobId}</c>.</summary>
internal sealed class FileJobLeases(string root) : IJobLeases
{
    private readonly string _folder = Path.Combine(Path.GetFullPath(root), ".leases");

    public ValueTask<IAsyncDisposable?> TryAcquireAsync(JobId jobId, CancellationToken cancellationToken = default)
    {
        // The file stays: deleting it while another opens it would let two hold the lease at once.
        IAsyncDisposable? lease = ExclusiveFile.TryOpen(Path.Combine(_folder, BlobFileNames.ToPath(jobId.Value)));
        return ValueTask.FromResult(lease);
    }
}
