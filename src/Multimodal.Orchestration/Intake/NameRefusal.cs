using Microsoft.Extensions.Logging;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>Refuses uploads by their names, where people see it: in quarantine under a cleaned name, and in the log.</summary>
public sealed class NameRefusal(JobBlobs store, InputLimits limits, ITextMask mask, ILogger<NameRefusal> logger)
{
    /// <summary>Refuses; the upload itself is left where it is. Where it is gone nothing is done.</summary>
    internal async Task RefuseAsync(string blobName, UploadName name, string fault, CancellationToken cancellationToken)
    {
        var path = new BlobPath(Containers.Uploads, blobName);
        if (await store.FindAsync(path, cancellationToken) is not { } entry)
        {
            return;
        }

        Log.NameRefused(logger, LoggedName.Of(blobName), fault);
        var (contentPath, errorPath) = PathsOf(name);

        // Too large to be read is too large to be kept a second time.
        if (entry.Length <= limits.MaximumBytes && await store.ReadAsync(path, cancellationToken) is { } blob)
        {
            await store.WriteAsync(contentPath, blob.Content, WriteCondition.None, cancellationToken);
        }

        await store.WriteJsonAsync(
            errorPath, mask.Apply(InputErrors.BadName(blobName, fault)), PipelineJson.Default.InputError, WriteCondition.None, cancellationToken);
    }

    /// <summary>Whether this version of an upload was refused.</summary>
    internal async Task<bool> WasRefusedAsync(BlobEntry upload, UploadName name, CancellationToken cancellationToken) =>
        (await store.FindAsync(PathsOf(name).Error, cancellationToken))?.LastModified >= upload.LastModified;

    private static (BlobPath Content, BlobPath Error) PathsOf(UploadName name)
    {
        var clean = InputName.Clean(name.File);
        return name.Job is { } job
            ? (JobPaths.Quarantined(job, clean), JobPaths.QuarantineError(job, clean))
            : (JobPaths.QuarantinedName(clean), JobPaths.QuarantinedNameError(clean));
    }
}
