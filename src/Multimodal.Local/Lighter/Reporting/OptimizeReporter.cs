using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Evaluation.Items;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Local.Fit.Data;
using Multimodal.Local.Lighter.Networks;
using Multimodal.Local.Repository;
using Multimodal.Onnx;
using Multimodal.Onnx.Optimization;
using Multimodal.Onnx.Tuning;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Lighter.Reporting;

/// <summary>Measures a lighter version beside its original: size, speed, likeness and accuracy.</summary>
internal sealed class OptimizeReporter(OptimizeSettings settings, ServiceProvider services, LoadedPipeline pipeline, LoadedPipeline light)
{
    private static readonly int[] Batches = [1, 8];
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(400);

    /// <summary>Reports what became of all networks.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="labelled">Labelled items that the pipeline is judged by; null where there are none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<OptimizeReport> ReportAsync(
        IReadOnlyList<LighterNetwork> networks, EvaluationItems? labelled, CancellationToken cancellationToken)
    {
        var status = services.GetRequiredService<IRuntimeStatus>();
        var reports = networks.Select(network => ReportOf(network, cancellationToken)).ToList();
        return new OptimizeReport
        {
            Pipeline = new(pipeline.Definition.Name, pipeline.Definition.Version, pipeline.Digest),
            Name = light.Definition.Name,
            Version = light.Definition.Version,
            Precision = settings.Format.ToName(),
            MinimumCosine = settings.MinimumCosine,
            Runtime = $"{status.Name} on {string.Join(", ", status.ExecutionProviders)}",
            Processor = ProcessorText.Describe(),
            Files = new SizeReport(TotalOf(pipeline.Folder), TotalOf(light.Folder)),
            Graphs = new SizeReport(reports.Sum(network => network.Bytes.Before), reports.Sum(network => network.Bytes.After)),
            Networks = reports,
            FusedCosine = FusedLikeness.Of(pipeline, light, networks),
            Accuracy = await MeasureAccuracyAsync(labelled, cancellationToken),
        };
    }

    private NetworkReport ReportOf(LighterNetwork network, CancellationToken cancellationToken)
    {
        var before = NetworkFiles.BytesOf(pipeline.Folder, network.Probe.File);
        var taken = NetworkFiles.IsSmaller(pipeline.Folder, network);
        var samples = (network.Probe as EncoderProbe)?.Samples;
        return new NetworkReport
        {
            File = network.Probe.File,
            Role = network.Probe.Role,
            Items = network.Probe.Items,
            IsMadeUp = samples is { IsMadeUp: true },
            Bytes = new SizeReport(before, taken ? network.Result.Bytes : before),
            LeastCosine = taken ? network.Result.Likeness.Least : 1,
            MeanCosine = taken ? network.Result.Likeness.Mean : 1,
            Cleaned = taken ? network.Graph.CleanedNodes + network.Graph.CleanedConstants : 0,
            Speed = taken && settings.Rounds > 0 && network.Probe is EncoderProbe encoder ? Compare(encoder, cancellationToken) : null,
            Parts = [.. network.Graph.Parts.Select(part => new PartReport(
                part.Id,
                part.Operator,
                part.Weights,
                network.Losses.TryGetValue(part.Id, out var loss) ? loss : null,
                settings.Format.Describe(taken ? network.Treatments[part.Id] : LighterTreatment.Keep)))],
            Steps = [.. network.Steps.Select(ReportOf)],
            Curve = [.. network.Curve.Select(ReportOf)],
        };
    }

    private static StepReport ReportOf(LighterStep step) => new(step.Spared, step.Bytes, step.Likeness.Least, step.Likeness.Mean);

    private BareComparison Compare(EncoderProbe probe, CancellationToken cancellationToken) =>
        services.GetRequiredService<OnnxModelFactory>().CompareBare(
            pipeline.Folder, light.Folder, probe.Modality, SampleFeatures.MiddleOf(probe.Samples.Features), Batches, settings.Rounds, Turn, cancellationToken);

    private async Task<IReadOnlyList<AccuracyReport>?> MeasureAccuracyAsync(EvaluationItems? labelled, CancellationToken cancellationToken)
    {
        var meter = new AccuracyMeter(pipeline, light);
        if (labelled is not null)
        {
            return await meter.MeasureAsync(labelled, cancellationToken);
        }

        var jobs = FindJobs(pipeline.Definition);
        return jobs.Count > 0 ? await meter.MeasureAsync(jobs, services.GetRequiredService<InputLimits>(), cancellationToken) : null;
    }

    // A folder of inputs may be one of labelled jobs as well, if its labels are those that the pipeline tells apart.
    private IReadOnlyList<LabelledJob> FindJobs(PipelineDefinition definition)
    {
        if (settings.Data is null || !definition.Tasks.OfType<ClassificationDefinition>().Any() || definition.Encoders.Values.Select(encoder => encoder.Space).Distinct().Count() > 1)
        {
            return [];
        }

        try
        {
            var jobs = LabelledFolder.Read(settings.Data, null);
            return jobs.All(job => EvaluatedTask.Of(definition).Labels.Contains(job.Label)) ? jobs : [];
        }
        catch (UsageException)
        {
            return [];
        }
    }

    private static long TotalOf(ModelFolder folder) => folder.Definition.Files.Keys.Sum(file => new FileInfo(folder.PathOf(file)).Length);
}
