using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tasks;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Onnx.Tests.Priority;

/// <summary>Real encoders whose first run waits for a gate, and that note the order in which items run, by their lengths.</summary>
internal sealed class GatedModelFactory(OnnxModelFactory models) : IModelFactory, IDisposable
{
    private int _asked;

    public ManualResetEventSlim Gate { get; } = new();

    /// <summary>How many requests the encoder has taken, waiting ones among them.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>The lengths of the items that began to run.</summary>
    public ConcurrentQueue<int> Begun { get; } = [];

    public IEmbeddingGenerator<Features, Embedding<float>> CreateEncoder(ModelFolder folder, Modality modality) =>
        new Encoder(this, models.CreateEncoder(folder, modality));

    public IEmbeddingGenerator<Features, Embedding<float>> CreateLabelEncoder(ModelFolder folder, string space) => models.CreateLabelEncoder(folder, space);

    public ITaskHead CreateHead(ModelFolder folder, string model) => models.CreateHead(folder, model);

    public IFusion CreateFusion(ModelFolder folder, string method) => models.CreateFusion(folder, method);

    public void Dispose() => Gate.Dispose();

    private Features Watch(Features features) => new(
        features.Modality,
        features.Tensors.ToDictionary(
            pair => pair.Key,
            pair => HostTensor.FromBytes(pair.Value.Type, pair.Value.Shape, new WatchedBytes(this, pair.Value.Shape[0], pair.Value.Bytes.ToArray()).Memory)),
        features.Facts);

    private sealed class Encoder(GatedModelFactory factory, IEmbeddingGenerator<Features, Embedding<float>> inner)
        : DelegatingEmbeddingGenerator<Features, Embedding<float>>(inner)
    {
        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<Features> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var result = base.GenerateAsync([.. values.Select(factory.Watch)], options, cancellationToken);
            Interlocked.Increment(ref factory._asked);
            return result;
        }
    }

    /// <summary>Memory that tells when a run takes it, which is when it is pinned, and keeps the run until the gate opens.</summary>
    private sealed class WatchedBytes(GatedModelFactory factory, int length, byte[] bytes) : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(bytes.Length);

        public override Span<byte> GetSpan() => bytes;

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            factory.Begun.Enqueue(length);
            factory.Gate.Wait();
            return bytes.AsMemory(elementIndex).Pin();
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
