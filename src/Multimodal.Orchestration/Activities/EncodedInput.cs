using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>An input with its embedding, or with the reason why it has none.</summary>
internal sealed record EncodedInput(InputReceipt Receipt, float[]? Embedding, InputError? Error);
