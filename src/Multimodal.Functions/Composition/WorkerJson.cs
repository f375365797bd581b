using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Multimodal.Orchestration;

namespace Multimodal.Functions.Composition;

/// <summary>The worker's JSON: the orchestration's own for its messages, reflection for what bindings bring.</summary>
internal static class WorkerJson
{
    public static JsonSerializerOptions Options { get; } = new(OrchestrationJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(OrchestrationJson.Default, new DefaultJsonTypeInfoResolver()),
    };
}
