using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Testing.Pipelines;

/// <summary>
/// Networks simple enough to compute by hand: a text's embedding counts its characters by their ids modulo the
/// dimensions, and a head's logits are the embedding itself.
/// </summary>
public sealed class FakeModelFactory : IModelFactory
{
    private int _encoded;

    /// <summary>How many items have been encoded.</summary>
    public int Encoded => _encoded;

    /// <summary>Looked at before every call of an encoder; throws what the encoder is to throw.</summary>
    public Action<IReadOnlyList<Features>> BeforeEncoding { get; set; } = _ => { };

    /// <summary>The priority of the last call of an encoder; null before the first.</summary>
    public RequestPriority? LastPriority { get; private set; }

    /// <summary>Changes an embedding before it is given.</summary>
    public Func<float[], float[]> Distort { get; set; } = vector => vector;

    /// <summary>What waits for the encoders; null: they do not tell.</summary>
    public EncoderLoad? Load { get; set; }

    /// <summary>What is said in an input; null: the encoders write nothing down.</summary>
    public Func<Features, Transcript>? Transcribe { get; set; }

    public IEmbeddingGenerator<Features, Embedding<float>> CreateEncoder(ModelFolder folder, Modality modality)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new Encoder(this, folder.Definition.Encoders[modality].Dimensions);
    }

    public IEmbeddingGenerator<Features, Embedding<float>> CreateLabelEncoder(ModelFolder folder, string space)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return new Encoder(this, folder.Definition.LabelEncoders[space].Dimensions);
    }

    public ITaskHead CreateHead(ModelFolder folder, string model) => new Head();

    public IFusion CreateFusion(ModelFolder folder, string method) => new SumFusion(method);

    private sealed class Encoder(FakeModelFactory factory, int dimensions) : IEmbeddingGenerator<Features, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<Features> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            var items = values.ToList();
            factory.LastPriority = EncodeRequestOptions.PriorityOf(options);
            factory.BeforeEncoding(items);
            Interlocked.Add(ref factory._encoded, items.Count);
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(items.Select(Encode)));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(EncoderLoad) ? factory.Load : null;

        public void Dispose()
        {
        }

        private Embedding<float> Encode(Features item)
        {
            var embedding = new Embedding<float>(factory.Distort(Count(item)));
            factory.Transcribe?.Invoke(item).AttachTo(embedding);
            return embedding;
        }

        private float[] Count(Features features)
        {
            var vector = new float[dimensions];
            foreach (var id in features.Tensors["input_ids"].AsSpan<long>())
            {
                vector[id % dimensions]++;
            }

            return vector;
        }
    }

    /// <summary>Stands for a learned method that has no weights: the sum of what is present.</summary>
    private sealed class SumFusion(string method) : IFusion
    {
        public string Method => method;

        public IReadOnlyList<FusedEmbedding> Fuse(IReadOnlyList<FusionInput> inputs) =>
            [.. inputs.Select(input => new FusedEmbedding(
                [.. input.Embeddings.Values.Aggregate((IEnumerable<float>)new float[input.Embeddings.Values.First().Length], (sum, embedding) => sum.Zip(embedding.ToArray(), (a, b) => a + b))], null))];
    }

    private sealed class Head : ITaskHead
    {
        public float[][] Evaluate(IReadOnlyList<ReadOnlyMemory<float>> embeddings) => [.. embeddings.Select(embedding => embedding.ToArray())];

        public void Dispose()
        {
        }
    }
}
