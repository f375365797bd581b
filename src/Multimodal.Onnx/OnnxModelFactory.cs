using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Multimodal.Onnx.Batching;
using Multimodal.Onnx.Encoding;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Onnx;

/// <summary>Opens a pipeline's networks with ONNX Runtime.</summary>
public sealed class OnnxModelFactory : IModelFactory
{
    private readonly OnnxOptions _options;
    private readonly SessionOpener _sessions;

    /// <summary>Opens networks with these options.</summary>
    public OnnxModelFactory(OnnxOptions options, ILogger<OnnxModelFactory>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.IntraOpThreads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumBatch, 1, nameof(options));
        _options = options;
        _sessions = new SessionOpener(options, logger ?? NullLogger<OnnxModelFactory>.Instance);
    }

    /// <summary>The execution provider in use.</summary>
    public ExecutionProvider ExecutionProvider => _sessions.InUse;

    /// <inheritdoc/>
    public IEmbeddingGenerator<Features, Embedding<float>> CreateEncoder(ModelFolder folder, Modality modality)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var definition = folder.Definition.Encoders[modality];
        var model = OnnxModel.Open(folder.PathOf(definition.Model), _sessions, _options.IntraOpThreads);
        return new OnnxEncoder(model, modality, definition, $"{folder.Definition.Name}/{modality.ToName()}", BatchingOf(_options));
    }

    /// <inheritdoc/>
    public ITaskHead CreateHead(ModelFolder folder, string model)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new OnnxTaskHead(OnnxModel.Open(folder.PathOf(model), _sessions, _options.IntraOpThreads), _options.MaximumBatch);
    }

    private static BatchingOptions BatchingOf(OnnxOptions options) => new()
    {
        MaximumBatch = options.MaximumBatch,
        ConcurrentRuns = Math.Max(1, Environment.ProcessorCount / options.IntraOpThreads),
        MaximumDelay = options.MaximumDelay,
        QueueLimit = options.QueueLimit,
    };
}
