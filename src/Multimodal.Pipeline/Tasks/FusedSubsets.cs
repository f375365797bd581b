using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tasks;

/// <summary>What fusion made of a job's embeddings, of all together and of every subset of them.</summary>
public sealed class FusedSubsets
{
    private readonly Dictionary<ModalitySet, (FusionInput Input, FusedEmbedding Fused)> _subsets;

    private FusedSubsets(string method, ModalitySet used, Dictionary<ModalitySet, (FusionInput Input, FusedEmbedding Fused)> subsets)
    {
        (Method, Used) = (method, used);
        _subsets = subsets;
    }

    /// <summary>The method.</summary>
    public string Method { get; }

    /// <summary>The modalities that there are embeddings of.</summary>
    public ModalitySet Used { get; }

    /// <summary>The used modalities that count: those whose share is not 0.</summary>
    public ModalitySet Counting => ModalitySet.Of(Used.Where(modality => Whole.EffectiveWeights is null || Whole.EffectiveWeights[modality] > 0));

    /// <summary>What was made of all together.</summary>
    public FusedEmbedding Whole => _subsets[Used].Fused;

    /// <summary>Every subset but the empty one; all together last.</summary>
    public IReadOnlyList<ModalitySet> Subsets => [.. Used.Subsets().Skip(1)];

    /// <summary>Fuses every subset in one batch.</summary>
    public static FusedSubsets Fuse(IFusion fusion, FusionInput input)
    {
        ArgumentNullException.ThrowIfNull(fusion);
        ArgumentNullException.ThrowIfNull(input);
        var used = input.Present;
        var subsets = used.Subsets().Skip(1).ToList();
        var inputs = subsets.Select(input.Restrict).ToList();
        var fused = fusion.Fuse(inputs);
        return new FusedSubsets(fusion.Method, used, subsets.Select((subset, i) => (subset, (inputs[i], fused[i]))).ToDictionary());
    }

    /// <summary>What a task is executed on for a subset.</summary>
    public TaskInput InputOf(ModalitySet subset, TaskContext context) =>
        new(_subsets[subset].Input.Embeddings, _subsets[subset].Fused, context) { Method = Method };
}
