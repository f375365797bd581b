using System.Text.Json.Serialization.Metadata;

namespace Multimodal.Orchestration.Activities;

/// <summary>
/// An activity as engines know it: its name, what crosses the orchestration, and the code behind it.
/// Only references cross; features and embeddings lie in the store.
/// </summary>
/// <param name="Name">The name, the same with every engine.</param>
/// <param name="InputType">How its input is written as JSON.</param>
/// <param name="OutputType">How its output is written as JSON.</param>
/// <param name="RunAsync">The code.</param>
public sealed record ActivityDefinition<TInput, TOutput>(
    string Name,
    JsonTypeInfo<TInput> InputType,
    JsonTypeInfo<TOutput> OutputType,
    Func<JobActivityServices, TInput, CancellationToken, Task<TOutput>> RunAsync)
    where TInput : class
    where TOutput : class;
