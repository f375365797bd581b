using Microsoft.Extensions.Logging;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>Refuses uploads by their names, where people see it: in quarantine under a cleaned name, and in the log.</summary>
public sealed class NameRefusal(JobBlobs store, InputLimits limits, ILogger<NameRefusal> logger)
{
    /// <summary>Refuses; the upload itself is left where it is. Where it is gone nothing is done.</summary>
    internal async Task RefuseAsync(string blobName, UploadName name, string fault, CancellationToken cancellationToken)
    {
        var path = new BlobPath(Containers.Uploads, blobName);
        if (await store.FindAsync(path, cancellationToken) is not { } entry)
        {
            return;
        }

        var clean = InputName.Clean(name.File);
        Log.NameRefused(logger, blobName, fault);
        var (contentPath, errorPath) = name.Job is { } job
            ? (JobPaths.Quarantined(job, clean), JobPaths.QuarantineError(job, clean))
            : (JobPaths.QuarantinedName(clean), JobPaths.QuarantinedNameError(clean));

        // Too large to be read is too large to be kept a second time.
        if (entry.Length <= limits.MaximumBytes && await store.ReadAsync(path, cancellationToken) is { } blob)
        {
            await store.WriteAsync(contentPath, blob.Content, WriteCondition.None, cancellationToken);
        }

        await store.WriteJsonAsync(
            errorPath, InputErrors.BadName(blobName, fault), PipelineJson.Default.InputError, WriteCondition.None, cancellationToken);
    }
}
