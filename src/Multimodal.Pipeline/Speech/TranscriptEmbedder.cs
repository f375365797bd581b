using System.Text;
using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Speech;

/// <summary>
/// An encoder of recordings whose embeddings are those of their transcripts, by the pipeline's text encoder. Safe for concurrent use.
/// </summary>
/// <param name="recogniser">The recogniser; it is disposed of with this.</param>
/// <param name="preprocessor">Makes features of a transcript; it belongs to the pipeline.</param>
/// <param name="text">Encodes them; it belongs to the pipeline.</param>
internal sealed class TranscriptEmbedder(
    IEmbeddingGenerator<Features, Embedding<float>> recogniser,
    Func<IPreprocessor> preprocessor,
    Func<IEmbeddingGenerator<Features, Embedding<float>>> text) : IEmbeddingGenerator<Features, Embedding<float>>
{
    /// <inheritdoc/>
    /// <exception cref="InputException">Nobody speaks in a recording, so that there is nothing to encode.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<Features> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var heard = await recogniser.GenerateAsync(values, options, cancellationToken);
        Transcript[] transcripts = [.. heard.Select(embedding => Transcript.Of(embedding) ?? throw new PipelineException("The recogniser gave no transcript."))];
        var embeddings = await text().GenerateAsync(transcripts.Select(Preprocess), options, cancellationToken);
        for (var i = 0; i < transcripts.Length; i++)
        {
            transcripts[i].AttachTo(embeddings[i]);
        }

        // Where the time went is the recogniser's to tell: the text takes next to none.
        EncodeLedger.Of(heard)?.AttachTo(embeddings);
        return embeddings;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : recogniser.GetService(serviceType, serviceKey);
    }

    /// <inheritdoc/>
    public void Dispose() => recogniser.Dispose();

    private Features Preprocess(Transcript transcript) => transcript.Text.Length > 0
        ? preprocessor().Preprocess(new InputContent("transcript", Encoding.UTF8.GetBytes(transcript.Text)), MediaTypes.Text)
        : throw new InputException(
            InputErrorCodes.NoContent, "No words were understood in the recording.", "Send a recording in which somebody speaks, nearer to the microphone.");
}
