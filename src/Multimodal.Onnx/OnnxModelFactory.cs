using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Multimodal.Onnx.Batching;
using Multimodal.Onnx.Encoders;
using Multimodal.Onnx.Format;
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
        return new OnnxEncoder(
            Open(folder, definition.Model), modality, definition, $"{folder.Definition.Name}/{modality.ToName()}", BatchingOf(_options));
    }

    /// <inheritdoc/>
    public ITaskHead CreateHead(ModelFolder folder, string model)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new OnnxTaskHead(Open(folder, model), _options.MaximumBatch);
    }

    /// <summary>Opens a file that no pipeline vouches for.</summary>
    internal OnnxModel Open(string path) => OnnxModel.Open(path, _sessions, _options.IntraOpThreads);

    // ONNX Runtime reads such files by itself, so that they are vouched for here or nowhere.
    private OnnxModel Open(ModelFolder folder, string model)
    {
        var path = folder.PathOf(model);
        foreach (var location in ExternalData.Find(path))
        {
            folder.PathOf(ModelFolder.Beside(model, location));
        }

        return Open(path);
    }

    private static BatchingOptions BatchingOf(OnnxOptions options) => new()
    {
        MaximumBatch = options.MaximumBatch,
        ConcurrentRuns = Math.Max(1, Environment.ProcessorCount / options.IntraOpThreads),
        MaximumDelay = options.MaximumDelay,
        QueueLimit = options.QueueLimit,
    };
}
