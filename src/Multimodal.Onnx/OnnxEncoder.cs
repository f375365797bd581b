using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Onnx;

/// <summary>
/// An encoder on ONNX Runtime: features in, <c>embedding</c> [N,D] out. Items of different lengths are padded with zeros
/// and told apart by <c>attention_mask</c> [N,T].
/// </summary>
internal sealed class OnnxEncoder : IEmbeddingGenerator<Features, Embedding<float>>
{
    private const string Output = "embedding";
    private readonly OnnxModel _model;
    private readonly FeatureBatcher _batcher;
    private readonly int _maximumBatch;
    private readonly EmbeddingGeneratorMetadata _metadata;

    public OnnxEncoder(OnnxModel model, Modality modality, int dimensions, int maximumBatch)
    {
        _model = model;
        _maximumBatch = maximumBatch;
        _batcher = new FeatureBatcher(model, modality);
        if (model.RequireOutput(Output, TensorElementType.Float) is not [_, var declared] || (declared != -1 && declared != dimensions))
        {
            throw new PipelineException($"The output '{Output}' of {model.Path} is not of shape [N,{dimensions}], which pipeline.json declares.");
        }

        _metadata = new EmbeddingGeneratorMetadata(
            "onnxruntime", defaultModelId: Path.GetFileNameWithoutExtension(model.Path), defaultModelDimensions: dimensions);
    }

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<Features> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.Run(() => Generate([.. values], cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private GeneratedEmbeddings<Embedding<float>> Generate(Features[] features, CancellationToken cancellationToken)
    {
        var embeddings = new Embedding<float>[features.Length];

        // Neighbours in length share a batch, so that little of it is padding.
        var order = Enumerable.Range(0, features.Length).OrderBy(i => _batcher.LengthOf(features[i])).ToArray();
        foreach (var batch in order.Chunk(_maximumBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var inputs = _batcher.Stack([.. batch.Select(i => features[i])]);
            try
            {
                var rows = _model.Run(inputs, Output, batch.Length);
                for (var i = 0; i < batch.Length; i++)
                {
                    embeddings[batch[i]] = new Embedding<float>(rows[i]);
                }
            }
            finally
            {
                foreach (var (_, value) in inputs)
                {
                    value.Dispose();
                }
            }
        }

        return new GeneratedEmbeddings<Embedding<float>>(embeddings);
    }
}
