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
#else
    public const BlobTriggerSource Source = BlobTriggerSource.LogsAndContainerScan;
#endif
}
