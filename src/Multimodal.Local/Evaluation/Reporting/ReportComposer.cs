using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Degradation;
using Multimodal.Local.Evaluation.Items;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>Makes the report of what was computed.</summary>
internal sealed class ReportComposer(
    LoadedPipeline pipeline,
    EvaluationData data,
    EvaluationSettings settings,
    EvaluationItems items,
    IReadOnlyList<SubsetTrials> trials,
    IReadOnlyDictionary<Modality, Trial> rivals,
    PigeonholeBootstrap bootstrap)
{
    /// <summary>Composes the report; what compares it with the training is added by <see cref="ReferencePredictions"/>.</summary>
    public EvaluationReport Compose(DegradationLevel level, IReadOnlyList<Refusal> refusals) => new()
    {
        Pipeline = new PipelineReference(pipeline.Definition.Name, pipeline.Definition.Version, pipeline.Digest),
        Seed = settings.Seed,
        Level = settings.Level,
        Resamples = settings.Resamples,
        Degradation = new DegradationReport
        {
            ImageVariance = level.Variance,
            ImageComponents = items.Components,
            ImageVarianceHeld = items.VarianceHeld,
            ImageSquare = level.SquareSide,
            AudioTalkers = RecordingDegrader.Talkers,
            AudioAmplitude = level.Interference,
            TextShare = level.Characters,
        },
        Data = new DataReport(data.Pictures.Count, data.Recordings.Count, data.Texts.Count, data.Digests),
        Subsets = [.. trials.Select(Report)],
        Gain = FindGain(),
        Refusals = refusals,
        Confusions = [.. Confusions()],
        Predictions = trials.Where(subset => subset.Items is not null)
            .ToDictionary(subset => subset.Subset.Modalities[0], subset => Predictions(subset.Subset.Modalities[0], subset.Items!)),
    };

    private SubsetReport Report(SubsetTrials subset) => new()
    {
        Modalities = subset.Subset.Modalities,
        Items = subset.Items is { } alone ? Score(alone) : null,
        Pairs = Score(subset.Pairs),
        Control = subset.Control is { } control ? Score(control) : null,
    };

    private ScoreReport Score(IReadOnlyDictionary<Condition, Trial> trial) => new(
        trial[Condition.Clean].Count, bootstrap.Estimate(trial[Condition.Clean]), bootstrap.Estimate(trial[Condition.Degraded]));

    private GainReport? FindGain()
    {
        var full = trials.Single(subset => subset.Subset.IsFull).Pairs[Condition.Degraded];
        var (modality, best) = rivals.MaxBy(rival => rival.Value.Accuracy);
        return bootstrap.Difference(full, best) is { } difference ? new GainReport(modality, full.Count, difference) : null;
    }

    private IEnumerable<ConfusionReport> Confusions() =>
        from subset in trials
        where subset.Subset.IsSingle || subset.Subset.IsFull
        from trial in subset.Headline
        select ConfusionReport.Of(subset.Subset.Modalities, trial.Key, EvaluatedTask.Of(pipeline.Definition).Labels, trial.Value);

    private PredictionReport Predictions(Modality modality, IReadOnlyDictionary<Condition, Trial> trial) => new()
    {
        Names = [.. Enumerable.Range(0, trial[Condition.Clean].Count).Select(items.ByModality[modality].NameOf)],
        Labels = trial[Condition.Clean].Truth,
        Clean = trial[Condition.Clean].Verdicts,
        Degraded = trial[Condition.Degraded].Verdicts,
    };
}
