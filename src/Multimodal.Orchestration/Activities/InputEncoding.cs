using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Orchestration.Activities;

/// <summary>What an encoder made of one input: a vector, or a refusal.</summary>
internal sealed record InputEncoding(InputIdentity Input, ReadOnlyMemory<float> Vector, EncodeLedger? Ledger, Exception? Refusal)
{
    /// <summary>Encodes one input.</summary>
    public static async Task<InputEncoding> RunAsync(
        IEmbeddingGenerator<Features, Embedding<float>> encoder, InputIdentity input, Features features, RequestPriority priority, CancellationToken cancellationToken)
    {
        try
        {
            var generated = await encoder.GenerateAsync([features], EncodeRequestOptions.Of(priority), cancellationToken);
            return new InputEncoding(input, generated[0].Vector, EncodeLedger.Of(generated), null);
        }
        catch (Exception refusal) when (refusal is PipelineException or EncoderExhaustedException)
        {
            return new InputEncoding(input, default, null, refusal);
        }
    }
}
