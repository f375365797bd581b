using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Batching;
using Multimodal.Onnx.Scheduling;
using Multimodal.Onnx.Sessions;
using Multimodal.Onnx.Speech;
using Multimodal.Onnx.Tuning;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Onnx.Encoders;

/// <summary>
/// An encoder on ONNX Runtime: features in, one embedding for each input out. What the model gives is pooled as its definition says;
/// the embeddings of an input's windows are averaged. Callers at once share runs.
/// </summary>
internal sealed class OnnxEncoder : IEmbeddingGenerator<Features, Embedding<float>>
{
    // So many batches of one call wait at once: enough to keep runs full, few enough to leave room to others.
    private const int BatchesAhead = 4;

    private readonly EncoderModel _model;
    private readonly EncoderDefinition _definition;
    private readonly IRecogniser? _recogniser;
    private readonly DynamicBatcher<FeatureItem, EncodedItem> _batcher;
    private readonly BatchingOptions _batching;
    private readonly int _ahead;
    private readonly EmbeddingGeneratorMetadata _metadata;

    /// <summary>Takes a network over, and what reads speech from it.</summary>
    public OnnxEncoder(
        OnnxModel model,
        Modality modality,
        EncoderDefinition definition,
        string name,
        ExecutionProvider provider,
        BatchingOptions options,
        GateEntry? gateway = null,
        IRecogniser? recogniser = null)
    {
        _definition = definition;
        _recogniser = recogniser;
        _model = new EncoderModel(model, modality, definition, name, provider, recogniser);
        if (definition.Transcription?.Through is null)
        {
            RequireOutput(model, definition);
        }

        _batching = options with { MaximumBatch = Math.Min(options.MaximumBatch, _model.MaximumItems) };
        _batcher = new DynamicBatcher<FeatureItem, EncodedItem>(_model, _batching, gateway);
        _model.FillTo = options.FillsUp ? () => _batcher.MaximumBatch : null;
        _ahead = Math.Min(_batching.MaximumBatch * _batching.ConcurrentRuns * BatchesAhead, _batching.QueueLimit);
        _metadata = new EmbeddingGeneratorMetadata("onnxruntime", defaultModelId: Path.GetFileNameWithoutExtension(model.Path), defaultModelDimensions: definition.Dimensions);
    }

    /// <inheritdoc/>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<Features> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var priority = EncodeRequestOptions.PriorityOf(options);
        var isPatient = EncodeRequestOptions.IsPatient(options);
        IReadOnlyList<Features> inputs = values as IReadOnlyList<Features> ?? [.. values];
        var gathered = new EncodedInputs(inputs, _recogniser, SpeechRequest.LanguageOf(options), cancellationToken);
        if (inputs is [{ Windows: null } alone])
        {
            gathered.Take(0, await EnqueueAsync(new FeatureItem(0, alone.Tensors), priority, isPatient, cancellationToken));
        }
        else
        {
            await GenerateAsync(inputs, priority, isPatient, gathered, cancellationToken);
        }

        var embeddings = new GeneratedEmbeddings<Embedding<float>>(inputs.Count);
        for (var i = 0; i < inputs.Count; i++)
        {
            var embedding = new Embedding<float>(Finish(gathered.SumOf(i), inputs[i].Windows ?? 1));
            (await gathered.TranscriptOfAsync(i))?.AttachTo(embedding);
            embeddings.Add(embedding);
        }

        gathered.Ledger.AttachTo(embeddings);
        return embeddings;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
            : serviceType == typeof(EncoderOpening) ? Opening
            : serviceType == typeof(BatchPoint) ? Setting
            : serviceType == typeof(EncoderLoad) ? Load
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Whether memory suffices for it to run.</summary>
    public bool IsHealthy => _batcher.IsHealthy;

    /// <summary>How long a request may wait that somebody waits for.</summary>
    public TimeSpan MaximumWait { get; init; } = TimeSpan.MaxValue;

    /// <summary>What waits for it at present.</summary>
    public EncoderLoad Load => new(
        _model.Name,
        _batcher.Waiting,
        _batcher.WaitingTime,
        _batcher.EstimateWait(RequestPriority.Interactive),
        _batcher.EstimateWait(RequestPriority.Bulk),
        MaximumWait);

    /// <summary>Tells what was measured of its runs.</summary>
    public void Expect(IEnumerable<BatchPoint> points)
    {
        var size = new Lazy<int>(() => _model.SizeOf(_model.MakeUp()));
        foreach (var point in points)
        {
            _batcher.Expect(size.Value, point.Batch, TimeSpan.FromMilliseconds(point.RunMilliseconds));
        }
    }

    /// <summary>How it runs; the figures are those that were measured, 0 where nothing was.</summary>
    public BatchPoint? Setting { get; set; }

    /// <summary>What opening it took.</summary>
    public EncoderOpening? Opening { get; set; }

    /// <summary>Runs the network on noise, once for each size of run that costs a plan of its own, so that no request pays for it.</summary>
    public void WarmUp()
    {
        var item = _model.MakeUp();
        _model.Run([item]);
        for (var size = 2; _batching.PowersOfTwo && size / 2 < _batching.MaximumBatch; size *= 2)
        {
            _model.Run([.. Enumerable.Repeat(item, Math.Min(size, _batching.MaximumBatch))]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batcher.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _model.Dispose();
        _recogniser?.Dispose();
    }

    private async Task GenerateAsync(
        IReadOnlyList<Features> inputs, RequestPriority priority, bool isPatient, EncodedInputs gathered, CancellationToken cancellationToken)
    {
        // When one item fails, the others of the call are of no use any more.
        using var call = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = new Queue<(int Source, Task<BatchedResult<EncodedItem>> Result)>();
        try
        {
            foreach (var item in inputs.SelectMany((input, i) => FeatureItem.Of(i, input)))
            {
                if (waiting.Count == _ahead)
                {
                    await TakeNextAsync();
                }

                waiting.Enqueue((item.Source, EnqueueAsync(item, priority, isPatient, call.Token)));
            }

            while (waiting.Count > 0)
            {
                await TakeNextAsync();
            }
        }
        catch
        {
            await call.CancelAsync();
            throw;
        }

        async Task TakeNextAsync()
        {
            var (source, result) = waiting.Dequeue();
            gathered.Take(source, await result);
        }
    }

    private Task<BatchedResult<EncodedItem>> EnqueueAsync(FeatureItem item, RequestPriority priority, bool isPatient, CancellationToken cancellationToken) =>
        isPatient ? _batcher.EnqueuePatientlyAsync(item, priority, cancellationToken) : _batcher.EnqueueAsync(item, priority, cancellationToken);

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
