using Microsoft.Extensions.AI;
using Multimodal.Onnx.Batching;

namespace Multimodal.Onnx;

/// <summary>What a caller can say of a request beside its inputs.</summary>
public static class EncodeRequestOptions
{
    private const string PriorityKey = "multimodal.priority";

    /// <summary>Options of a request for which nobody waits.</summary>
    public static EmbeddingGenerationOptions Bulk { get; } = WithPriority(RequestPriority.Bulk);

    /// <summary>The priority that options state; without any, <see cref="RequestPriority.Interactive"/>.</summary>
    internal static RequestPriority PriorityOf(EmbeddingGenerationOptions? options) =>
        options?.AdditionalProperties?.GetValueOrDefault(PriorityKey) is RequestPriority priority ? priority : RequestPriority.Interactive;

    private static EmbeddingGenerationOptions WithPriority(RequestPriority priority) =>
        new() { AdditionalProperties = new AdditionalPropertiesDictionary { [PriorityKey] = priority } };
}
