using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Tasks;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Local.Tests.Evaluation;

/// <summary>A pipeline without files, for embeddings that tests plant: a head's logits are the embedding itself.</summary>
internal sealed class PlantedPipeline : IModelFactory
{
    public static readonly string[] Labels = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    public static LoadedPipeline Create() => new(
        new ModelFolder(
            "",
            new PipelineDefinition
            {
                Schema = PipelineDefinition.CurrentSchema,
                Name = "planted",
                Version = "1.0.0",
                Encoders = new Dictionary<Modality, EncoderDefinition>
                {
                    [Modality.Image] = new() { Model = "", Dimensions = Labels.Length, Preprocessing = new GlyphSettings() },
                },
                Fusion = new FusionDefinition { Method = "weighted" },
                Tasks = [new ClassificationDefinition { Name = "digit", Model = "", Labels = Labels }],
                Files = new Dictionary<string, string>(),
            },
            ""),
        new PreprocessorFactory(new NoImages(), new InputLimits()),
        new PlantedPipeline());

    /// <summary>The embedding that speaks for a label this strongly.</summary>
    public static float[] Embedding(string label, float strength = 1)
    {
        var vector = new float[Labels.Length];
        vector[Array.IndexOf(Labels, label)] = strength;
        return vector;
    }

    public IEmbeddingGenerator<Features, Embedding<float>> CreateEncoder(ModelFolder folder, Modality modality) => throw new NotSupportedException();

    public IEmbeddingGenerator<Features, Embedding<float>> CreateLabelEncoder(ModelFolder folder, string space) => throw new NotSupportedException();

    public ITaskHead CreateHead(ModelFolder folder, string model) => new Head();

    public IFusion CreateFusion(ModelFolder folder, string method) => throw new NotSupportedException();

    private sealed class Head : ITaskHead
    {
        public float[][] Evaluate(IReadOnlyList<ReadOnlyMemory<float>> embeddings) => [.. embeddings.Select(embedding => embedding.ToArray())];

        public void Dispose()
        {
        }
    }
}
