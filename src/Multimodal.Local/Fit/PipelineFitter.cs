using System.Globalization;
using Multimodal.Local.Evaluation;
using Multimodal.Local.Fit.Data;
using Multimodal.Local.Fit.Reporting;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Local.Fit;

/// <summary>Fits a task on encoded jobs, and makes the definition of the pipeline that has it.</summary>
internal sealed class PipelineFitter(PipelineDefinition basis, FitSettings settings, IProgress<StageProgress> progress)
{
    /// <summary>Fits.</summary>
    /// <exception cref="UsageException">The jobs do not suffice.</exception>
    public FittedPipeline Fit(IReadOnlyList<EncodedJob> jobs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        string[] labels = [.. jobs.Select(job => job.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Modality[] modalities = [.. jobs.SelectMany(job => job.Embeddings.Keys).Distinct().Order()];
        FitItem[] items = [.. jobs.Select(job => new FitItem(
            [.. modalities.Select(modality => job.Embeddings.TryGetValue(modality, out var embedding) ? Array.ConvertAll(embedding, value => (double)value) : null)],
            Array.IndexOf(labels, job.Label),
            job.Group))];
        var folds = PartFor(items, labels);
        var fitsFusion = modalities.Length > 1 && !settings.KeepTasks;
        var fitter = new HeadFitter(labels.Length, modalities.Length, fitsFusion);
        var validated = new CrossValidation(fitter, settings, progress).Run(items, folds, cancellationToken);
        var report = FitReporter.Of(settings, labels, items, folds.Max() + 1, validated) with
        {
            Weights = fitsFusion ? modalities.Zip(validated.Head.FusionWeights).ToDictionary(pair => pair.First, pair => pair.Second) : null,
        };
        var head = $"{new string([.. settings.Task.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')])}-head{LinearHead.Ending}";
        return new FittedPipeline(Define(report, head, items), head, LinearHead.Write(Narrow(validated.Head.Weights), [.. validated.Head.Biases.Select(bias => (float)bias)]), report);
    }

    private int[] PartFor(FitItem[] items, string[] labels)
    {
        if (labels.Length < 2)
        {
            throw new UsageException($"All jobs have the label '{labels.FirstOrDefault()}'. A classification needs at least two.");
        }

        var groups = items.Any(item => item.Group is not null) ? items.Select((item, i) => item.Group ?? $"\0{i}").Distinct().Count() : items.Length;
        if (groups < 2)
        {
            throw new UsageException("All jobs are of one group, so that none can be held back. Name other groups, or none.");
        }

        var folds = Folds.Of(items, Math.Min(settings.Folds, groups), settings.Seed);
        foreach (var label in items.Select((item, i) => (item.Truth, Fold: folds[i])).GroupBy(item => item.Truth).Where(label => label.Select(item => item.Fold).Distinct().Count() < 2))
        {
            throw new UsageException($"All jobs of the label '{labels[label.Key]}' are in one fold, so that heads would be judged on what they never saw. Add jobs of it, of other groups where there are groups.");
        }

        return folds;
    }

    private PipelineDefinition Define(FitReport report, string head, FitItem[] items)
    {
        var task = new ClassificationDefinition
        {
            Name = settings.Task,
            Model = head,
            Labels = report.Labels,
            Priors = [.. Enumerable.Range(0, report.Labels.Count).Select(label => items.Count(item => item.Truth == label) / (double)items.Length)],
        };
        List<TaskDefinition> tasks = [.. settings.KeepTasks ? basis.Tasks.Where(other => other.Name != task.Name && other.Name != DecisionOf(task)) : [], task];
        if (report.Threshold is { } threshold)
        {
            tasks.Add(new DecisionDefinition
            {
                Name = DecisionOf(task),
                Of = task.Name,
                Rules = [new DecisionRule { If = new DecisionConditions { ConfidenceBelow = threshold.Threshold }, Then = DecisionKind.Review }],
                Otherwise = DecisionKind.Accept,
            });
        }

        return basis with
        {
            Version = NextOf(basis.Version),
            Description = string.Create(
                CultureInfo.InvariantCulture, $"{settings.Task}, one of {string.Join(", ", report.Labels.Take(12))}{(report.Labels.Count > 12 ? ", …" : "")}; fitted on the encoders of {basis.Name} {basis.Version}."),
            Fusion = settings.KeepTasks ? basis.Fusion : new FusionDefinition { Method = FusionMethods.Weighted, Weights = report.Weights ?? basis.Fusion.Weights },
            Tasks = tasks,
        };
    }

    private static string DecisionOf(ClassificationDefinition task) => $"{task.Name}-decision";

    // 1.2.3 becomes 1.3.0; what is no such number gets one behind it.
    private static string NextOf(string version) => Version.TryParse(version, out var number)
        ? $"{number.Major}.{number.Minor + 1}.0"
        : $"{version}.1";

    private static float[][] Narrow(double[][] rows) => Array.ConvertAll(rows, row => Array.ConvertAll(row, value => (float)value));
}
