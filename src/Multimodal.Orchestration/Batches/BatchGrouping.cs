using System.Text.Json.Serialization;

namespace Multimodal.Orchestration.Batches;

/// <summary>What of a container becomes one job.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BatchGrouping>))]
public enum BatchGrouping
{
    /// <summary>The blobs of a folder; a <c>job.json</c> among them holds its options.</summary>
    [JsonStringEnumMemberName("folder")]
    Folder,

    /// <summary>Each blob.</summary>
    [JsonStringEnumMemberName("blob")]
    Blob,
}
