using Microsoft.Azure.Functions.Worker;
using Multimodal.Functions.Composition;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Functions.Uploads;

/// <summary>What the blob triggers watch, and how they learn of blobs: the build property <c>BlobTriggerSource</c>.</summary>
internal static class UploadSource
{
    public const string Uploads = Containers.Uploads + "/{name}";
    public const string Manifests = Containers.Uploads + "/{jobId}/job.json";
    public const string Poison = "webjobs-blobtrigger-poison";
    public const string Connection = AppSettings.StorageConnection;

#if BLOB_EVENT_GRID
    public const BlobTriggerSource Source = BlobTriggerSource.EventGrid;

    // Event Grid itself delivers again for a day, and each sweep lists every upload that is kept.
    public const string RecoverySchedule = "0 */15 * * * *";
#else
    public const BlobTriggerSource Source = BlobTriggerSource.LogsAndContainerScan;

    // Polling can miss blobs: the logs that it reads are written on a best effort.
    public const string RecoverySchedule = "30 * * * * *";
#endif
}
