using Multimodal.Local.Evaluation;
using Multimodal.Local.Evaluation.Items;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Local.Fit.Data;
using Multimodal.Local.Lighter.Reporting;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Local.Lighter;

/// <summary>Counts how many labelled items a pipeline and its lighter version tell right.</summary>
/// <param name="before">The pipeline.</param>
/// <param name="after">The other.</param>
internal sealed class AccuracyMeter(LoadedPipeline before, LoadedPipeline after)
{
    /// <summary>Each modality alone, on items that are clean.</summary>
    public async Task<IReadOnlyList<AccuracyReport>> MeasureAsync(EvaluationItems items, CancellationToken cancellationToken)
    {
        var (first, second) = (await JudgeAsync(before, items, cancellationToken), await JudgeAsync(after, items, cancellationToken));
        return
        [
            .. items.ByModality.Values.Select(modality =>
            {
                Pair[] pairs = [.. Enumerable.Range(0, modality.Labels.Count).Select(item => Pair.Alone(modality.Modality, item))];
                var subset = ModalitySubset.All.First(subset => subset.IsSingle && subset.Modalities[0] == modality.Modality);
                return Compare(modality.Modality.ToName(), modality.Labels, first.Verdicts(pairs, subset, Condition.Clean), second.Verdicts(pairs, subset, Condition.Clean));
            }),
        ];
    }

    /// <summary>Labelled jobs, as the product takes them.</summary>
    public async Task<IReadOnlyList<AccuracyReport>> MeasureAsync(IReadOnlyList<LabelledJob> jobs, InputLimits limits, CancellationToken cancellationToken)
    {
        var encoded = await new JobEncoder(before, limits, new NoProgress()).EncodeAsync(jobs, cancellationToken);
        var again = await new JobEncoder(after, limits, new NoProgress()).EncodeAsync(jobs, cancellationToken);
        return encoded.Count > 0 ? [Compare("jobs", [.. encoded.Select(job => job.Label)], Judge(before, encoded), Judge(after, again))] : [];
    }

    private static async Task<Judge> JudgeAsync(LoadedPipeline pipeline, EvaluationItems items, CancellationToken cancellationToken)
    {
        var encoder = new ItemEncoder(pipeline, new NoProgress());
        var encoded = new Dictionary<Modality, EncodedItems>();
        foreach (var modality in items.ByModality.Values)
        {
            encoded[modality.Modality] = await encoder.EncodeAsync(modality, Condition.Clean, cancellationToken);
        }

        return new Judge(pipeline, encoded, encoded);
    }

    private static List<string?> Judge(LoadedPipeline pipeline, IReadOnlyList<EncodedJob> jobs)
    {
        var fusion = pipeline.Fusion();
        var fused = fusion.Fuse([.. jobs.Select(job => new FusionInput(job.Embeddings.ToDictionary(pair => pair.Key, pair => (ReadOnlyMemory<float>)pair.Value)))]);
        var task = (Classification)pipeline.Tasks[pipeline.Definition.Tasks.ToList().IndexOf(EvaluatedTask.Of(pipeline.Definition))];
        return [.. task.Classify([.. fused.Select(item => (ReadOnlyMemory<float>)item.Vector)], fusion.Method).Select(outcome => outcome.Label)];
    }

    private static AccuracyReport Compare(string items, IReadOnlyList<string> labels, IReadOnlyList<string?> before, IReadOnlyList<string?> after) => new(
        items,
        labels.Count,
        labels.Zip(before, (label, verdict) => label == verdict).Count(isRight => isRight),
        labels.Zip(after, (label, verdict) => label == verdict).Count(isRight => isRight),
        before.Zip(after, (one, other) => one != other).Count(isOther => isOther));
}
