using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Evaluation.Items;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Local.Fit.Data;
using Multimodal.Local.Lighter.Networks;
using Multimodal.Local.Lighter.Reporting;
using Multimodal.Local.Repository;
using Multimodal.Onnx;
using Multimodal.Onnx.Optimization;
using Multimodal.Onnx.Tuning;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.HuggingFace;
using Multimodal.Pipeline.Models.Parity;
using Multimodal.Pipeline.Preprocessing;
using Spectre.Console;

namespace Multimodal.Local.Lighter;

/// <summary>One call of <c>multimodal models optimize</c>: makes a lighter version of a pipeline beside it, and shows what it costs.</summary>
internal sealed class OptimizeSession(OptimizeSettings settings)
{
    private static readonly int[] Batches = [1, 8];
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(400);

    private readonly ModelRepository _repository = new(settings.Models);

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    /// <exception cref="PipelineException">The pipeline cannot be used, nothing of it can be made lighter, or it would be less like the original than is asked.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        if (settings.Data is { } data && !Directory.Exists(data))
        {
            throw new UsageException($"The folder '{data}' does not exist. Name a folder of inputs by --data.");
        }

        await using var services = RepositoryServices.Compose();
        using var pipeline = Load(services, _repository, settings.Pipeline);
        var name = PipelineName.Of(settings.Name ?? $"{settings.Pipeline}-{settings.Format.ToName()}", isGiven: settings.Name is not null);
        var definition = pipeline.Definition with { Name = name, Version = $"{pipeline.Definition.Version}+{settings.Format.ToName()}" };
        if (Path.Exists(Path.Combine(settings.Models, name)) && !settings.Replace)
        {
            throw new PipelineException($"There is a pipeline '{name}' in {Path.GetFullPath(settings.Models)} already. Choose another name by --name, or let it give way by --replace.");
        }

        var screen = RepositoryScreen.Create();
        using var trials = new TrialFolder();
        var source = new SampleSource(pipeline, services.GetRequiredService<OnnxModelFactory>(), _repository, settings.Data);
        var labelled = source.ReadLabelled();
        var probes = await new NetworkFinder(pipeline, services, source, labelled).FindAsync(cancellationToken);
        var networks = await WatchAsync(screen, probes, (probe, progress) => LightenAsync(pipeline.Folder, probe, trials, progress, cancellationToken));
        Require(networks);

        Write(pipeline.Folder, definition, networks, trials.Repository, []);
        using var light = Load(services, new ModelRepository(trials.Repository), name);
        definition = WithTolerances(definition, await EncoderParity.CheckAsync(light, cancellationToken));
        var report = await ReportAsync(services, pipeline, light, networks, labelled, cancellationToken);
        if (report.FusedCosine is { } fused && fused < settings.MinimumCosine)
        {
            throw new PipelineException(
                FormattableString.Invariant($"What '{name}' fuses would be of cosine {fused:0.####} to the original's, and {settings.MinimumCosine} is asked. Nothing was written. Ask for more of each network, or less of all, by --minimum-cosine."));
        }

        var charts = report.Networks.Where(network => network.Parts.Count > 0).ToDictionary(network => Path.ChangeExtension(network.File.Replace('/', '-'), "svg"), network => TradeChart.Write(report, network));
        var folder = Write(pipeline.Folder, definition, networks, settings.Models, Beside(pipeline.Folder, report));
        var output = Path.GetFullPath(settings.Output ?? Path.Combine("artifacts", "optimize", name));
        Save(output, report, charts);
        Show(screen, report, folder);
        screen.Notes.MarkupLineInterpolated($"[grey]{Stopwatch.GetElapsedTime(begun).TotalSeconds:0} s. Report and charts: {output}[/]");
        return ExitCodes.Success;
    }

    private static LoadedPipeline Load(ServiceProvider services, ModelRepository repository, string name) =>
        new(repository.Load(name), services.GetRequiredService<PreprocessorFactory>(), services.GetRequiredService<IModelFactory>());

    private async Task<LighterNetwork> LightenAsync(
        ModelFolder folder, INetworkProbe probe, TrialFolder trials, Action<int, int> progress, CancellationToken cancellationToken)
    {
        var graph = LighterGraph.Read(
            folder.CheckedPathOf(probe.File), settings.Format, probe.Outputs, location => folder.CheckedPathOf(ModelFolder.Beside(probe.File, location)));
        return await new LighterSearch(folder, probe, graph, trials, settings.MinimumCosine, settings.IsQuick, progress).RunAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<LighterNetwork>> WatchAsync(
        RepositoryScreen screen, IReadOnlyList<INetworkProbe> probes, Func<INetworkProbe, Action<int, int>, Task<LighterNetwork>> lighten)
    {
        var networks = new List<LighterNetwork>();
        if (!screen.Notes.Profile.Capabilities.Interactive)
        {
            foreach (var probe in probes)
            {
                networks.Add(await lighten(probe, (_, _) => { }));
            }

            return networks;
        }

        await screen.Notes.Progress().AutoClear(true).StartAsync(async context =>
        {
            foreach (var probe in probes)
            {
                var bar = context.AddTask(probe.File.EscapeMarkup());
                networks.Add(await lighten(probe, (done, all) => (bar.MaxValue, bar.Value) = (all, done)));
                bar.Value = bar.MaxValue;
            }
        });
        return networks;
    }

    private void Require(IReadOnlyList<LighterNetwork> networks)
    {
        if (networks.FirstOrDefault(network => network.Result.Likeness.Least < settings.MinimumCosine) is { } failed)
        {
            throw new PipelineException(FormattableString.Invariant(
                $"{failed.Probe.File} of '{settings.Pipeline}' keeps a cosine of {failed.Result.Likeness.Least:0.#####} at the most, and {settings.MinimumCosine} is asked. Nothing was written. Ask for less by --minimum-cosine."));
        }

        if (!networks.Any(network => network.Treatments.Values.Any(treatment => treatment != LighterTreatment.Keep)))
        {
            throw new PipelineException(FormattableString.Invariant(
                $"No weights of '{settings.Pipeline}' can be made lighter at a cosine of {settings.MinimumCosine}: all of them would have to be spared. Nothing was written. Ask for less by --minimum-cosine, or choose another format by --precision."));
        }
    }

    // Networks that would not be smaller stay as they are.
    private string Write(
        ModelFolder basis, PipelineDefinition definition, IReadOnlyList<LighterNetwork> networks, string repository, Dictionary<string, byte[]> beside)
    {
        var (files, gone) = (new Dictionary<string, string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var network in networks.Where(network => IsSmaller(basis, network)))
        {
            var root = network.Written[0][..^(network.Probe.File.Length + 1)];
            gone.UnionWith(FilesOf(basis, network.Probe.File));
            foreach (var path in network.Written)
            {
                files[Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/')] = path;
            }
        }

        // Networks that stay may keep their weights in the same file.
        gone.ExceptWith(basis.Definition.Files.Keys.Where(file => Path.GetExtension(file) == ".onnx" && !gone.Contains(file)).SelectMany(file => FilesOf(basis, file)).ToList());
        return DerivedPipeline.WriteVersion(basis, definition, files, gone, beside, repository, replace: true, $"models optimize --precision {settings.Format.ToName()}");
    }

    private static bool IsSmaller(ModelFolder basis, LighterNetwork network) =>
        network.Treatments.Values.Any(treatment => treatment != LighterTreatment.Keep) && network.Result.Bytes < BytesOf(basis, network.Probe.File);

    // The files of a network: its own, and those that its weights lie in.
    private static IEnumerable<string> FilesOf(ModelFolder folder, string file) =>
        OnnxModelInspector.FindExternalFiles(folder.PathOf(file)).Select(location => ModelFolder.Beside(file, location)).Prepend(file);

    private static long BytesOf(ModelFolder folder, string file) => FilesOf(folder, file).Sum(part => new FileInfo(folder.PathOf(part)).Length);

    // Twice the loss that was measured here is allowed elsewhere: processors add in other orders.
    private static PipelineDefinition WithTolerances(PipelineDefinition definition, IReadOnlyList<ParityReport> reports)
    {
        var encoders = definition.Encoders.ToDictionary();
        foreach (var report in reports)
        {
            var asked = Math.Floor((1 - (2 * (1 - report.LeastCosine))) * 1e4) / 1e4;
            if (asked < ParityReport.Threshold && asked > 0)
            {
                encoders[report.Modality] = encoders[report.Modality] with { ReferenceCosine = asked };
            }
        }

        return definition with { Encoders = encoders };
    }

    private async Task<OptimizeReport> ReportAsync(
        ServiceProvider services,
        LoadedPipeline pipeline,
        LoadedPipeline light,
        IReadOnlyList<LighterNetwork> networks,
        EvaluationItems? labelled,
        CancellationToken cancellationToken)
    {
        var status = services.GetRequiredService<IRuntimeStatus>();
        var reports = networks.Select(network => ReportOf(services, pipeline, light, network, cancellationToken)).ToList();
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
            Accuracy = await MeasureAccuracyAsync(services, pipeline, light, labelled, cancellationToken),
        };
    }

    private NetworkReport ReportOf(
        ServiceProvider services, LoadedPipeline pipeline, LoadedPipeline light, LighterNetwork network, CancellationToken cancellationToken)
    {
        var before = BytesOf(pipeline.Folder, network.Probe.File);
        var taken = IsSmaller(pipeline.Folder, network);
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
            Speed = taken && settings.Rounds > 0 && network.Probe is EncoderProbe encoder ? Compare(services, pipeline, light, encoder, cancellationToken) : null,
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

    private BareComparison Compare(ServiceProvider services, LoadedPipeline pipeline, LoadedPipeline light, EncoderProbe probe, CancellationToken cancellationToken)
    {
        // The session alone cannot mix lengths: it runs on the item in the middle.
        var items = probe.Samples.Features;
        var middle = items.OrderBy(item => item.Tensors.Values.Max(tensor => tensor.ElementCount)).ElementAt(items.Count / 2);
        return services.GetRequiredService<OnnxModelFactory>().CompareBare(
            pipeline.Folder, light.Folder, probe.Modality, middle, Batches, settings.Rounds, Turn, cancellationToken);
    }

    private async Task<IReadOnlyList<AccuracyReport>?> MeasureAccuracyAsync(
        ServiceProvider services, LoadedPipeline pipeline, LoadedPipeline light, EvaluationItems? labelled, CancellationToken cancellationToken)
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

    private static Dictionary<string, byte[]> Beside(ModelFolder basis, OptimizeReport report)
    {
        var card = Path.Combine(basis.Path, ModelCard.FileName);
        return new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [ModelCard.FileName] = Encoding.UTF8.GetBytes(ModelCard.Write(report, File.Exists(card) ? File.ReadAllText(card) : null)),
            ["optimize.json"] = JsonSerializer.SerializeToUtf8Bytes(report, OptimizeJson.Default.OptimizeReport),
        };
    }

    private static void Save(string folder, OptimizeReport report, Dictionary<string, string> charts)
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "optimize.json"), JsonSerializer.Serialize(report, OptimizeJson.Default.OptimizeReport) + "\n");
            foreach (var (file, chart) in charts)
            {
                File.WriteAllText(Path.Combine(folder, file), chart);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The report cannot be written to '{folder}': {e.Message} Name another folder by --out.");
        }
    }

    private void Show(RepositoryScreen screen, OptimizeReport report, string folder)
    {
        if (settings.Json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, OptimizeJson.Default.OptimizeReport));
            return;
        }

        OptimizeTable.Show(report, screen.Results);
        screen.Results.MarkupLineInterpolated($"[green]Written[/] [bold]{report.Name}[/] {report.Version}, in {folder}");
        screen.Results.MarkupLineInterpolated($"[grey]Try it: multimodal run --pipeline {report.Name} FILE…[/]");
    }
}
