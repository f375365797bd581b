using System.Text.Json.Serialization;

namespace Multimodal.Orchestration.Flow;

/// <summary>How far a job is.</summary>
public sealed record JobProgress(JobStage Stage, int Ready = 0, int Awaited = 0);

/// <summary>The stages that a job goes through.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobStage>))]
public enum JobStage
{
    /// <summary>Waiting for inputs.</summary>
    [JsonStringEnumMemberName("collecting")]
    Collecting,

    /// <summary>Encoders at work.</summary>
    [JsonStringEnumMemberName("encoding")]
    Encoding,

    /// <summary>Fusing and executing the tasks.</summary>
    [JsonStringEnumMemberName("fusing")]
    Fusing,

    /// <summary>Storing the result and telling the queue.</summary>
    [JsonStringEnumMemberName("publishing")]
    Publishing,

    /// <summary>Done.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,
}
