using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models;

/// <summary>What a caller can say of a request to an encoder beside its inputs.</summary>
public static class EncodeRequestOptions
{
    private const string PriorityKey = "multimodal.priority", PatientKey = "multimodal.patient";

    private static readonly EmbeddingGenerationOptions Interactive = With(RequestPriority.Interactive, false);

    private static readonly EmbeddingGenerationOptions InteractiveJob = With(RequestPriority.Interactive, true), BulkJob = With(RequestPriority.Bulk, true);

    /// <summary>Options of a request for which nobody waits.</summary>
    public static EmbeddingGenerationOptions Bulk { get; } = With(RequestPriority.Bulk, false);

    /// <summary>Options of a request of this priority.</summary>
    public static EmbeddingGenerationOptions Of(RequestPriority priority) => priority == RequestPriority.Bulk ? Bulk : Interactive;

    /// <summary>Options of a job's request of this priority: where as many wait as may, it waits for a place instead of being refused.</summary>
    public static EmbeddingGenerationOptions OfJob(RequestPriority priority) => priority == RequestPriority.Bulk ? BulkJob : InteractiveJob;

    /// <summary>Whether a request waits for a place where as many wait as may.</summary>
    public static bool IsPatient(EmbeddingGenerationOptions? options) => options?.AdditionalProperties?.ContainsKey(PatientKey) ?? false;

    /// <summary>The priority that options state; without any, <see cref="RequestPriority.Interactive"/>.</summary>
    public static RequestPriority PriorityOf(EmbeddingGenerationOptions? options) =>
        options?.AdditionalProperties?.GetValueOrDefault(PriorityKey) is RequestPriority priority ? priority : RequestPriority.Interactive;

    private static EmbeddingGenerationOptions With(RequestPriority priority, bool isPatient)
    {
        var properties = new AdditionalPropertiesDictionary { [PriorityKey] = priority };
        if (isPatient)
        {
            properties[PatientKey] = true;
        }

        return new EmbeddingGenerationOptions { AdditionalProperties = properties };
    }
}
