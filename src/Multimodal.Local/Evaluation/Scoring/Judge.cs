using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>Gives the pipeline's verdict on pairs: fused and executed as the product does.</summary>
internal sealed class Judge
{
    private readonly IReadOnlyDictionary<Modality, EncodedItems> _clean;
    private readonly IReadOnlyDictionary<Modality, EncodedItems> _degraded;
    private readonly IFusion _fusion;
    private readonly Lazy<Classification> _task;

    /// <exception cref="PipelineException">The pipeline has no classification.</exception>
    public Judge(
        LoadedPipeline pipeline,
        IReadOnlyDictionary<Modality, EncodedItems> clean,
        IReadOnlyDictionary<Modality, EncodedItems> degraded)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        _clean = clean;
        _degraded = degraded;
        _fusion = pipeline.Fusion();
        var task = pipeline.Definition.Tasks.ToList().IndexOf(EvaluatedTask.Of(pipeline.Definition));
        _task = new Lazy<Classification>(() => (Classification)pipeline.Tasks[task]);
    }

    /// <summary>The label of each pair; an item that was refused is left out, and the verdict is null where nothing is left.</summary>
    public IReadOnlyList<string?> Verdicts(IReadOnlyList<Pair> pairs, ModalitySubset subset, Condition condition)
    {
        var verdicts = new string?[pairs.Count];
        var places = new List<int>(pairs.Count);
        var inputs = new List<FusionInput>(pairs.Count);
        for (var i = 0; i < pairs.Count; i++)
        {
            if (Present(pairs[i], subset, condition) is { Count: > 0 } present)
            {
                places.Add(i);
                inputs.Add(new FusionInput(present));
            }
        }

        var outcomes = inputs.Count > 0 ? _task.Value.Classify([.. _fusion.Fuse(inputs).Select(fused => (ReadOnlyMemory<float>)fused.Vector)], _fusion.Method) : [];
        for (var i = 0; i < outcomes.Count; i++)
        {
            verdicts[places[i]] = outcomes[i].Label;
        }

        return verdicts;
    }

    private Dictionary<Modality, ReadOnlyMemory<float>> Present(Pair pair, ModalitySubset subset, Condition condition)
    {
        var encoded = condition == Condition.Clean ? _clean : _degraded;
        var present = new Dictionary<Modality, ReadOnlyMemory<float>>();
        foreach (var modality in subset.Modalities)
        {
            if (encoded[modality].Embeddings[pair[modality]] is { } embedding)
            {
                present[modality] = embedding;
            }
        }

        return present;
    }
}
