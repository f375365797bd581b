using Multimodal.Local.Lighter.Networks;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Lighter;

/// <summary>How alike what the two pipelines fuse is: the losses of encoders and of fusion meet there.</summary>
internal static class FusedLikeness
{
    /// <summary>The least cosine; null where nothing is fused.</summary>
    public static double? Of(LoadedPipeline before, LoadedPipeline after, IReadOnlyList<LighterNetwork> networks)
    {
        var encoders = networks.Where(network => network.Probe is EncoderProbe).ToList();
        var isOneSpace = before.Definition.Encoders.Values.Select(encoder => encoder.Space).Distinct().Count() == 1;
        if (encoders.Count != before.Definition.Encoders.Count || !isOneSpace)
        {
            return null;
        }

        var known = Fuse(before, encoders.ToDictionary(network => ((EncoderProbe)network.Probe).Modality, network => network.Known));
        var made = Fuse(after, encoders.ToDictionary(network => ((EncoderProbe)network.Probe).Modality, network => network.Given));
        return known.Exists(vector => vector.Length == 0) ? null : Likeness.Of(made, known).Least;
    }

    /// <summary>Items to be fused: each of every modality alone, and those of the same number together.</summary>
    public static IReadOnlyList<FusionInput> InputsOf(IReadOnlyDictionary<Modality, IReadOnlyList<float[]>> embeddings)
    {
        var alone = embeddings.SelectMany(pair => pair.Value.Select(vector => new FusionInput(new Dictionary<Modality, ReadOnlyMemory<float>> { [pair.Key] = vector })));
        var together = Enumerable.Range(0, embeddings.Values.Max(vectors => vectors.Count)).Select(item => new FusionInput(
            embeddings.ToDictionary(pair => pair.Key, pair => (ReadOnlyMemory<float>)pair.Value[item % pair.Value.Count])));
        return embeddings.Count > 1 ? [.. together, .. alone] : [.. alone];
    }

    private static List<float[]> Fuse(LoadedPipeline pipeline, Dictionary<Modality, IReadOnlyList<float[]>> embeddings) =>
        [.. pipeline.Fusion().Fuse(InputsOf(embeddings)).Select(fused => fused.Vector)];
}
