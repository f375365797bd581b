using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Evaluation.Items;
using Multimodal.Local.Lighter.Networks;
using Multimodal.Onnx;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Lighter;

/// <summary>Finds the networks of a pipeline that can be measured: encoders, then the graphs and heads that take their embeddings.</summary>
/// <remarks>The decoder that writes down what is said gives no embedding, and is left as it is.</remarks>
internal sealed class NetworkFinder(LoadedPipeline pipeline, ServiceProvider services, SampleSource source, EvaluationItems? labelled)
{
    private readonly OnnxModelFactory _models = services.GetRequiredService<OnnxModelFactory>();

    public async Task<IReadOnlyList<INetworkProbe>> FindAsync(CancellationToken cancellationToken)
    {
        var definition = pipeline.Definition;
        var encoders = definition.Encoders.OrderBy(pair => pair.Key)
            .Select(pair => new EncoderProbe(_models, pair.Key, pair.Value, source.Of(pair.Key, labelled))).ToList();
        var labels = definition.LabelEncoders.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new LabelEncoderProbe(
            _models, pair.Key, pair.Value, source.OfLabels(pair.Key, services.GetRequiredService<PreprocessorFactory>().Create(pair.Value.Preprocessing, pipeline.Folder))));
        List<INetworkProbe> probes = [.. encoders, .. labels];
        if (definition.Encoders.Values.Select(encoder => encoder.Space).Distinct().Count() == 1)
        {
            probes.AddRange(await FindTakersAsync(encoders, cancellationToken));
        }

        // A file that serves twice is measured once: as what it is first.
        return [.. probes.Where(probe => Path.GetExtension(probe.File) == ".onnx").DistinctBy(probe => probe.File)];
    }

    private async Task<IEnumerable<INetworkProbe>> FindTakersAsync(List<EncoderProbe> encoders, CancellationToken cancellationToken)
    {
        var definition = pipeline.Definition;
        var embeddings = new Dictionary<Modality, IReadOnlyList<float[]>>();
        foreach (var encoder in encoders)
        {
            embeddings[encoder.Modality] = await encoder.RunAsync(pipeline.Folder, cancellationToken);
        }

        var inputs = FusedLikeness.InputsOf(embeddings);
        var graphs = definition.Fusion.Graphs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new FusionProbe(_models, pair.Key, pair.Value, inputs));
        IReadOnlyList<float[]> fused = [.. pipeline.Fusion().Fuse(inputs).Select(item => item.Vector).Where(vector => vector.Length > 0)];
        IReadOnlyList<float[]> taken = fused.Count > 0 ? fused : [.. embeddings.Values.SelectMany(vectors => vectors)];
        var heads = definition.Tasks.OfType<ClassificationDefinition>().Select(task => new HeadProbe(_models, task.Name, task.Model, taken));
        return [.. graphs, .. heads];
    }
}
