using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Orchestration.Activities;

/// <summary>An input with its embedding, or with the reason why it has none.</summary>
internal sealed record EncodedInput(InputReceipt Receipt, float[]? Embedding, InputError? Error)
{
    /// <summary>What is said in it; null where nothing wrote it down.</summary>
    public Transcript? Transcript { get; init; }
}
