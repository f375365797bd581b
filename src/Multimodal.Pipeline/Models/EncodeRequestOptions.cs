using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models;

/// <summary>What a caller can say of a request to an encoder beside its inputs.</summary>
public static class EncodeRequestOptions
{
    private const string PriorityKey = "multimodal.priority";

    private static readonly EmbeddingGenerationOptions Interactive = WithPriority(RequestPriority.Interactive);

    /// <summary>Options of a request for which nobody waits.</summary>
    public static EmbeddingGenerationOptions Bulk { get; } = WithPriority(RequestPriority.Bulk);

    /// <summary>Options of a request of this priority.</summary>
    public static EmbeddingGenerationOptions Of(RequestPriority priority) => priority == RequestPriority.Bulk ? Bulk : Interactive;

    /// <summary>The priority that options state; without any, <see cref="RequestPriority.Interactive"/>.</summary>
    public static RequestPriority PriorityOf(EmbeddingGenerationOptions? options) =>
        options?.AdditionalProperties?.GetValueOrDefault(PriorityKey) is RequestPriority priority ? priority : RequestPriority.Interactive;

    private static EmbeddingGenerationOptions WithPriority(RequestPriority priority) =>
        new() { AdditionalProperties = new AdditionalPropertiesDictionary { [PriorityKey] = priority } };
}
