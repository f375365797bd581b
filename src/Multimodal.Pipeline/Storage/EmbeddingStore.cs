using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Storage;

/// <summary>Keeps each input's embedding, or why it has none, under its identity and the pipeline's digest.</summary>
public sealed class EmbeddingStore
{
    private const string Name = "embedding";
    private readonly IBlobStore _store;

    /// <summary>Keeps embeddings in a store.</summary>
    public EmbeddingStore(IBlobStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <summary>The stored embedding, or null where there is none.</summary>
    public async ValueTask<float[]?> FindAsync(
        JobId job, InputIdentity input, string digest, CancellationToken cancellationToken = default) =>
        await _store.ReadAsync(JobPaths.Embedding(job, input, digest), cancellationToken) is { } blob
            ? Safetensors.Read(blob.Content).Tensors[Name].AsSpan<float>().ToArray()
            : null;

    /// <summary>Stores an embedding.</summary>
    public async ValueTask WriteAsync(
        JobId job, InputIdentity input, string digest, ReadOnlyMemory<float> embedding, CancellationToken cancellationToken = default)
    {
        var tensor = HostTensor.Create(embedding.Span, embedding.Length);
        await _store.WriteAsync(
            JobPaths.Embedding(job, input, digest),
            Safetensors.Write([new KeyValuePair<string, HostTensor>(Name, tensor)]),
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
            JobPaths.EncodingError(job, input, digest), error, PipelineJson.Default.InputError, WriteCondition.None, cancellationToken);
}
