using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Onnx;

/// <summary>
/// An encoder on ONNX Runtime: features in, one embedding for each input out. What the model gives is pooled as its definition says;
/// the embeddings of an input's windows are averaged.
/// </summary>
internal sealed class OnnxEncoder : IEmbeddingGenerator<Features, Embedding<float>>
{
    private readonly OnnxModel _model;
    private readonly EncoderDefinition _definition;
    private readonly FeatureBatcher _batcher;
    private readonly EmbeddingPooler _pooler;
    private readonly int _maximumBatch;
    private readonly EmbeddingGeneratorMetadata _metadata;

    public OnnxEncoder(OnnxModel model, Modality modality, EncoderDefinition definition, int maximumBatch)
    {
        _model = model;
        _definition = definition;
        _maximumBatch = maximumBatch;
        _batcher = new FeatureBatcher(model, modality, definition.Pooling, definition.PadId);
        _pooler = new EmbeddingPooler(model.Path, definition);
        RequireOutput(model, definition);
        _metadata = new EmbeddingGeneratorMetadata(
            "onnxruntime", defaultModelId: Path.GetFileNameWithoutExtension(model.Path), defaultModelDimensions: definition.Dimensions);
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
        var sums = new float[features.Length][];
        foreach (var items in _batcher.Gather(features.SelectMany((input, i) => FeatureItem.Of(i, input)), _maximumBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var batch = _batcher.Stack(items);
            var output = _model.Run(batch.Inputs, _definition.Output, items.Length);
            for (var i = 0; i < items.Length; i++)
            {
                var vector = _pooler.Pool(output, i, batch.Masks[i], batch.Length);
                ref var sum = ref sums[items[i].Source];
                if (sum is null)
                {
                    sum = vector;
                }
                else
                {
                    TensorPrimitives.Add(sum, vector, sum);
                }
            }
        }

        return new GeneratedEmbeddings<Embedding<float>>(sums.Select((sum, i) => new Embedding<float>(Finish(sum, features[i].Windows ?? 1))));
    }

    private float[] Finish(float[] sum, int windows)
    {
        if (windows > 1)
        {
            TensorPrimitives.Divide(sum, windows, sum);
        }

        // What has no length points nowhere and stays so.
        if (_definition.Normalize && TensorPrimitives.Norm(sum) is > 0 and var norm)
        {
            TensorPrimitives.Divide(sum, norm, sum);
        }

        return sum;
    }

    private static void RequireOutput(OnnxModel model, EncoderDefinition definition)
    {
        var (type, shape) = model.RequireOutput(definition.Output);
        if (type is not (TensorElementType.Float or TensorElementType.Float16))
        {
            throw new PipelineException($"The output '{definition.Output}' of {model.Path} is {type}; embeddings are made of float32 or float16.");
        }

        // A scalar and a shape that is not declared look alike; the first run tells.
        var axis = EmbeddingPooler.AxisOf(definition.Pooling);
        if (shape.Length > 0
            && (shape.Length != EmbeddingPooler.RankOf(definition.Pooling) || (shape[axis] >= 0 && shape[axis] != definition.Dimensions)))
        {
            throw new PipelineException(
                $"The output '{definition.Output}' of {model.Path} is of shape [{string.Join(',', shape)}], not {ShapeOf(definition)}, which pipeline.json declares.");
        }
    }

    private static string ShapeOf(EncoderDefinition definition) => definition.Pooling switch
    {
        Pooling.None => $"[N,{definition.Dimensions}]",
        Pooling.SpatialMean => $"[N,{definition.Dimensions},H,W]",
        _ => $"[N,T,{definition.Dimensions}]",
    };
}
