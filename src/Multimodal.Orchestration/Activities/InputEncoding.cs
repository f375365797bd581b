using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Orchestration.Activities;

/// <summary>What an encoder made of one input: a vector, or a refusal.</summary>
internal sealed record InputEncoding(InputIdentity Input, ReadOnlyMemory<float> Vector, EncodeLedger? Ledger, Exception? Refusal)
{
    /// <summary>What is said in it; null where nothing wrote it down.</summary>
    public Transcript? Transcript { get; init; }

    /// <summary>What is wrong with the input itself, such as that nobody speaks in it; null where nothing is.</summary>
    public InputError? Error { get; init; }

    /// <summary>Encodes one input.</summary>
    public static async Task<InputEncoding> RunAsync(
        IEmbeddingGenerator<Features, Embedding<float>> encoder, InputIdentity input, Features features, RequestPriority priority, CancellationToken cancellationToken)
    {
        try
        {
            var generated = await encoder.GenerateAsync([features], EncodeRequestOptions.OfJob(priority), cancellationToken);
            return new InputEncoding(input, generated[0].Vector, EncodeLedger.Of(generated), null) { Transcript = Transcript.Of(generated[0]) };
        }
        catch (Exception refusal) when (refusal is PipelineException or EncoderExhaustedException)
        {
            return new InputEncoding(input, default, null, refusal);
        }
        catch (InputException e)
        {
            return new InputEncoding(input, default, null, null) { Error = e.Error with { Message = $"'{input.Name}': {e.Error.Message}" } };
        }
    }
}
