using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Jobs;

/// <summary>How a revision of a job ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobOutcomeStatus>))]
public enum JobOutcomeStatus
{
    /// <summary>Every input was used, and every task executed.</summary>
    [JsonStringEnumMemberName("succeeded")]
    Succeeded,

    /// <summary>There is a verdict, or an embedding where the pipeline has no tasks, but something was left out or could not be done; the result says what.</summary>
    [JsonStringEnumMemberName("partial")]
    Partial,

    /// <summary>Nothing could be used.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
