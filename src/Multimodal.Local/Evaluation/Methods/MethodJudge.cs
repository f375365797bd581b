using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Local.Evaluation.Methods;

/// <summary>Judges pairs by any method of fusion, on embeddings that were made once.</summary>
internal sealed class MethodJudge
{
    private readonly LoadedPipeline _pipeline;
    private readonly IReadOnlyDictionary<Condition, IReadOnlyDictionary<Modality, EncodedItems>> _encoded;
    private readonly Lazy<Classification> _task;

    /// <exception cref="PipelineException">The pipeline has no classification.</exception>
    public MethodJudge(LoadedPipeline pipeline, IReadOnlyDictionary<Condition, IReadOnlyDictionary<Modality, EncodedItems>> encoded)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        _pipeline = pipeline;
        _encoded = encoded;
        var task = pipeline.Definition.Tasks.ToList().IndexOf(EvaluatedTask.Of(pipeline.Definition));
        _task = new Lazy<Classification>(() => (Classification)pipeline.Tasks[task]);
    }

    /// <summary>The probability of a label before anything is known, where all are alike.</summary>
    public double Prior => 1.0 / EvaluatedTask.Of(_pipeline.Definition).Labels.Count;

    /// <summary>The judgement of each pair on some of its modalities; null where none of them could be used.</summary>
    /// <param name="method">How it is fused.</param>
    /// <param name="pairs">The pairs.</param>
    /// <param name="truth">Each pair's true label.</param>
    /// <param name="modalities">The modalities that are present.</param>
    /// <param name="condition">Whether items are degraded.</param>
    public Judgement?[] Judge(
        ComparedMethod method, IReadOnlyList<Pair> pairs, IReadOnlyList<string> truth, ModalitySet modalities, Condition condition)
    {
        var judgements = new Judgement?[pairs.Count];
        var places = new List<int>(pairs.Count);
        var inputs = new List<FusionInput>(pairs.Count);
        for (var i = 0; i < pairs.Count; i++)
        {
            if (Present(pairs[i], modalities, condition) is { Count: > 0 } present)
            {
                places.Add(i);
                inputs.Add(new FusionInput(present, method.Weights));
            }
        }

        if (inputs.Count > 0)
        {
            var fused = _pipeline.Fusion(method.Method).Fuse(inputs);
            foreach (var (i, outcome) in _task.Value.Classify([.. fused.Select(one => (ReadOnlyMemory<float>)one.Vector)], method.Method).Index())
            {
                judgements[places[i]] = new Judgement(outcome.Label, outcome.Confidence, outcome.ScoreOf(truth[places[i]]));
            }
        }

        return judgements;
    }

    private Dictionary<Modality, ReadOnlyMemory<float>> Present(Pair pair, ModalitySet modalities, Condition condition)
    {
        var present = new Dictionary<Modality, ReadOnlyMemory<float>>();
        foreach (var modality in modalities)
        {
            if (_encoded[condition][modality].Embeddings[pair[modality]] is { } embedding)
            {
                present[modality] = embedding;
            }
        }

        return present;
    }
}
