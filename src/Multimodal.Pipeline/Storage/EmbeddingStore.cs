using System.Text.Json;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Storage;

/// <summary>Keeps each input's embedding, or why it has none, under its identity and the pipeline's digest.</summary>
public sealed class EmbeddingStore
{
    private const string Name = "embedding";
    private const string TranscriptKey = "transcript";
    private readonly IBlobStore _store;
    private readonly ITextMask _mask;

    /// <summary>Keeps embeddings in a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="mask">What is masked in transcripts and errors; null: nothing.</param>
    public EmbeddingStore(IBlobStore store, ITextMask? mask = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _mask = mask ?? NoMask.Instance;
    }

    /// <summary>The stored embedding, or null where there is none.</summary>
    public async ValueTask<float[]?> FindAsync(
        JobId job, InputIdentity input, string digest, CancellationToken cancellationToken = default) =>
        (await ReadAsync(job, input, digest, cancellationToken))?.Embedding;

    /// <summary>The stored embedding with the transcript beside it, or null where there is none.</summary>
    public async ValueTask<StoredEmbedding?> ReadAsync(
        JobId job, InputIdentity input, string digest, CancellationToken cancellationToken = default)
    {
        if (await _store.ReadAsync(JobPaths.Embedding(job, input, digest), cancellationToken) is not { } blob)
        {
            return null;
        }

        var file = Safetensors.Read(blob.Content);
        return new StoredEmbedding(
            file.Tensors[Name].AsSpan<float>().ToArray(),
            file.Metadata.TryGetValue(TranscriptKey, out var transcript) ? JsonSerializer.Deserialize(transcript, PipelineJson.Default.Transcript) : null);
    }

    /// <summary>Stores an embedding, and beside it in one blob the transcript where there is one.</summary>
    public async ValueTask WriteAsync(
        JobId job,
        InputIdentity input,
        string digest,
        ReadOnlyMemory<float> embedding,
        Transcript? transcript = null,
        CancellationToken cancellationToken = default)
    {
        var tensor = HostTensor.Create(embedding.Span, embedding.Length);
        var metadata = transcript is null
            ? null
            : new Dictionary<string, string> { [TranscriptKey] = JsonSerializer.Serialize(_mask.Apply(transcript), PipelineJson.Default.Transcript) };
        await _store.WriteAsync(
            JobPaths.Embedding(job, input, digest),
            Safetensors.Write([new KeyValuePair<string, HostTensor>(Name, tensor)], metadata),
            WriteCondition.None,
            cancellationToken);
    }

    /// <summary>Why the input has no embedding, or null where nothing is known.</summary>
    public async ValueTask<InputError?> FindErrorAsync(
        JobId job, InputIdentity input, string digest, CancellationToken cancellationToken = default) =>
        (await _store.ReadJsonAsync(JobPaths.EncodingError(job, input, digest), PipelineJson.Default.InputError, cancellationToken))?.Value;

    /// <summary>Stores why the input has no embedding.</summary>
    public async ValueTask WriteErrorAsync(
        JobId job, InputIdentity input, string digest, InputError error, CancellationToken cancellationToken = default) =>
        await _store.WriteJsonAsync(
            JobPaths.EncodingError(job, input, digest), _mask.Apply(error), PipelineJson.Default.InputError, WriteCondition.None, cancellationToken);
}
