using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Degradation;
using Multimodal.Local.Evaluation.Items;
using Multimodal.Local.Evaluation.Methods;
using Multimodal.Local.Evaluation.Reporting;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Evaluation;

/// <summary>Evaluates a pipeline: encodes every item once, judges every subset of the modalities, and bounds the figures.</summary>
internal sealed class Evaluator(LoadedPipeline pipeline, EvaluationData data, EvaluationSettings settings, IProgress<StageProgress> progress)
{
    /// <summary>Evaluates.</summary>
    /// <exception cref="PipelineException">The pipeline does not take such items, or a network fails.</exception>
    public async Task<EvaluationReport> EvaluateAsync(CancellationToken cancellationToken)
    {
        var level = new DegradationLevel(settings.Level);
        var items = new EvaluationItems(pipeline, data, level, settings.Seed);
        var encoded = await EncodeAsync(items, cancellationToken);
        var labels = items.ByModality.ToDictionary(pair => pair.Key, pair => pair.Value.Labels);
        var pairs = PairSampler.ByLabel(labels[Modality.Image], labels[Modality.Audio], labels[Modality.Text], settings.Seed);
        var maker = new SubsetTrialMaker(
            new Judge(pipeline, encoded[Condition.Clean], encoded[Condition.Degraded]),
            labels,
            pairs,
            PairSampler.Shuffle(pairs, settings.Seed));
        var trials = Watch("verdicts", ModalitySubset.All, maker.Make);
        var rivals = maker.MakeRivals(trials.Single(subset => subset.Subset.IsFull));
        var comparison = Compare(encoded, new ComparedPairs(pairs, labels[Modality.Image], settings.Seed));
        progress.Report(new StageProgress("intervals", 0, 1));
        var bootstrap = PigeonholeBootstrap.Run(
            [.. trials.SelectMany(subset => subset.All), .. rivals.Values, .. comparison?.All ?? []],
            labels.ToDictionary(pair => pair.Key, pair => pair.Value.Count),
            settings.Resamples,
            settings.Seed,
            cancellationToken);
        progress.Report(new StageProgress("intervals", 1, 1));
        var report = new ReportComposer(pipeline, data, settings, items, trials, rivals, bootstrap).Compose(
            level,
            [.. encoded.Values.SelectMany(byModality => byModality.Values).SelectMany(encodedItems => encodedItems.Refusals)]);
        return report with
        {
            Methods = comparison is null ? null : new MethodsComposer(comparison, EvaluatedTask.Of(pipeline.Definition), bootstrap).Compose(),
            Coverage = comparison is null ? null : CoverageComposer.Compose(comparison),
            Agreement = ReferencePredictions.Find(pipeline.Folder)?.Compare(
                report.Predictions, EvaluatedTask.Of(pipeline.Definition).Labels, ownTexts: settings.Texts is null),
        };
    }

    private MethodComparison? Compare(
        IReadOnlyDictionary<Condition, IReadOnlyDictionary<Modality, EncodedItems>> encoded, ComparedPairs pairs)
    {
        var methods = ComparedMethod.Of(pipeline);
        if (methods.Count == 0 || pairs.Pairs.Count == 0)
        {
            return null;
        }

        var judge = new MethodJudge(pipeline, encoded);
        var trials = Watch("methods", methods, method => new MethodTrials(method, judge, pairs));
        var own = methods.Single(method => method.IsDefault);
        var controls = Watch("control", Enum.GetValues<Modality>(), modality => ShuffledControl.Run(
            own, judge, pairs, PairSampler.Shuffle(pairs.Pairs, modality, settings.Seed), modality));
        return new MethodComparison(pairs, judge.Prior, trials, controls);
    }

    private async Task<IReadOnlyDictionary<Condition, IReadOnlyDictionary<Modality, EncodedItems>>> EncodeAsync(
        EvaluationItems items, CancellationToken cancellationToken)
    {
        var encoder = new ItemEncoder(pipeline, progress);

        // The components take the longest and the degraded pictures wait for them, so they are begun first.
        var components = Task.Run(() => Watch("principal components", [items], fitted => fitted.Components), cancellationToken);
        var modalities = await Task.WhenAll(items.ByModality.Values.Select(modality => Task.Run(
            async () => (
                modality.Modality,
                Clean: await encoder.EncodeAsync(modality, Condition.Clean, cancellationToken),
                Degraded: await encoder.EncodeAsync(modality, Condition.Degraded, cancellationToken)),
            cancellationToken)));
        await components;
        return new SortedDictionary<Condition, IReadOnlyDictionary<Modality, EncodedItems>>
        {
            [Condition.Clean] = modalities.ToDictionary(modality => modality.Modality, modality => modality.Clean),
            [Condition.Degraded] = modalities.ToDictionary(modality => modality.Modality, modality => modality.Degraded),
        };
    }

    private List<TResult> Watch<TItem, TResult>(string stage, IReadOnlyList<TItem> items, Func<TItem, TResult> work)
    {
        var results = new List<TResult>(items.Count);
        foreach (var item in items)
        {
            progress.Report(new StageProgress(stage, results.Count, items.Count));
            results.Add(work(item));
        }

        progress.Report(new StageProgress(stage, items.Count, items.Count));
        return results;
    }
}
