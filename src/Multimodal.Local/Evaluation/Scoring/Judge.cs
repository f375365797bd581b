using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>Gives the pipeline's verdict on pairs: fused and executed as the product does.</summary>
internal sealed class Judge
{
    private readonly LoadedPipeline _pipeline;
    private readonly IReadOnlyDictionary<Modality, EncodedItems> _clean;
    private readonly IReadOnlyDictionary<Modality, EncodedItems> _degraded;
    private readonly string _task;

    /// <exception cref="PipelineException">The pipeline has no classification.</exception>
    public Judge(
        LoadedPipeline pipeline,
        IReadOnlyDictionary<Modality, EncodedItems> clean,
        IReadOnlyDictionary<Modality, EncodedItems> degraded)
    {
        _pipeline = pipeline;
        _clean = clean;
        _degraded = degraded;
        _task = EvaluatedTask.Of(pipeline.Definition).Name;
    }

    /// <summary>The label of each pair; an item that was refused is left out, and the verdict is null where nothing is left.</summary>
    public IReadOnlyList<string?> Verdicts(IReadOnlyList<Pair> pairs, ModalitySubset subset, Condition condition)
    {
        var verdicts = new string?[pairs.Count];
        var places = new List<int>(pairs.Count);
        var fused = new List<ReadOnlyMemory<float>>(pairs.Count);
        for (var i = 0; i < pairs.Count; i++)
        {
            if (Present(pairs[i], subset, condition) is { Count: > 0 } present)
            {
                places.Add(i);
                fused.Add(_pipeline.Fusion.Fuse(present).Vector);
            }
        }

        var outcomes = fused.Count > 0 ? _pipeline.Execute(fused) : [];
        for (var i = 0; i < outcomes.Length; i++)
        {
            verdicts[places[i]] = outcomes[i].OfType<ClassificationOutcome>().First(outcome => outcome.Task == _task).Label;
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
