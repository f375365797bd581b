using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Multimodal.Functions.Durable;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Functions.Uploads;

/// <summary>
/// What uploads set off. The bindings give the blob's client, not its content: content is read within the limits, and not at all where
/// the work is done already.
/// </summary>
public sealed class UploadFunctions(UploadEvents events, DurableClients clients, ILogger<UploadFunctions> logger)
{
    private const string PoisonReason = "Its processing failed five times in a row for a reason outside the file.";

    /// <summary>Preprocesses an input, starts its job where it is new, and wakes it.</summary>
    [Function(nameof(PreprocessUpload))]
    public Task PreprocessUpload(
        [BlobTrigger(UploadSource.Uploads, Connection = UploadSource.Connection, Source = UploadSource.Source)] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return events.OnUploadAsync(blob.Name, cancellationToken);
    }

    /// <summary>Starts a job with the options of its <c>job.json</c>.</summary>
    [Function(nameof(StartJob))]
    public Task StartJob(
        [BlobTrigger(UploadSource.Manifests, Connection = UploadSource.Connection, Source = UploadSource.Source)] BlobClient blob,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return events.OnManifestAsync(blob.Name, cancellationToken);
    }

    /// <summary>Marks an input failed whose processing failed for good, so that its job goes on without it.</summary>
    [Function(nameof(PoisonUpload))]
    public async Task PoisonUpload(
        [QueueTrigger(UploadSource.Poison, Connection = UploadSource.Connection)] string message,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        if (PoisonMessage.TryParse(message, out var blob) is { } fault)
        {
            Log.PoisonUnreadable(logger, fault);
        }
        else if (blob!.ContainerName == Containers.Uploads)
        {
            await events.OnPoisonAsync(blob.BlobName, PoisonReason, cancellationToken);
        }
    }
}
