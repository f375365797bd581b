using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Lighter.Networks;
using Multimodal.Local.Lighter.Reporting;
using Multimodal.Local.Repository;
using Multimodal.Onnx;
using Multimodal.Onnx.Optimization;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.HuggingFace;
using Multimodal.Pipeline.Models.Parity;
using Multimodal.Pipeline.Preprocessing;
using Spectre.Console;

namespace Multimodal.Local.Lighter;

/// <summary>One call of <c>multimodal models optimize</c>: makes a lighter version of a pipeline beside it, and shows what it costs.</summary>
internal sealed class OptimizeSession(OptimizeSettings settings)
{
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
        var report = await new OptimizeReporter(settings, services, pipeline, light).ReportAsync(networks, labelled, cancellationToken);
        if (report.FusedCosine is { } fused && fused < settings.MinimumCosine)
        {
            throw new PipelineException(
                FormattableString.Invariant($"What '{name}' fuses would be of cosine {fused:0.####} to the original's, and {settings.MinimumCosine} is asked. Nothing was written. Ask for more of each network, or less of all, by --minimum-cosine."));
        }

        var charts = report.Networks.Where(network => network.Parts.Count > 0).ToDictionary(network => Path.ChangeExtension(network.File.Replace('/', '-'), "svg"), network => TradeChart.Write(report, network));
        var folder = Write(pipeline.Folder, definition, networks, settings.Models, OptimizeOutput.Beside(pipeline.Folder, report));
        var output = Path.GetFullPath(settings.Output ?? Path.Combine("artifacts", "optimize", name));
        OptimizeOutput.Save(output, report, charts);
        OptimizeOutput.Show(screen, report, folder, settings.Json);
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
        foreach (var network in networks.Where(network => NetworkFiles.IsSmaller(basis, network)))
        {
            var root = network.Written[0][..^(network.Probe.File.Length + 1)];
            gone.UnionWith(NetworkFiles.FilesOf(basis, network.Probe.File));
            foreach (var path in network.Written)
            {
                files[Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/')] = path;
            }
        }

        // Networks that stay may keep their weights in the same file.
        gone.ExceptWith(basis.Definition.Files.Keys.Where(file => Path.GetExtension(file) == ".onnx" && !gone.Contains(file)).SelectMany(file => NetworkFiles.FilesOf(basis, file)).ToList());
        return DerivedPipeline.WriteVersion(basis, definition, files, gone, beside, repository, replace: true, $"models optimize --precision {settings.Format.ToName()}");
    }

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
}
