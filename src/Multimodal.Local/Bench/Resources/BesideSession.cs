using System.Globalization;
using System.Text.Json;
using MathNet.Numerics.Statistics;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Audio.FFmpeg;
using Multimodal.Imaging.Vips;
using Multimodal.Local.Composition;
using Multimodal.Local.Repository;
using Multimodal.Onnx;
using Multimodal.Orchestration.Composition;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Spectre.Console;

namespace Multimodal.Local.Bench.Resources;

/// <summary>
/// One call of <c>multimodal bench --beside</c>: uses a pipeline while another floods the machine, with budgets and without; then shows what
/// memory is given back, and what becomes of more requests than can be answered.
/// </summary>
internal sealed class BesideSession(BenchSettings settings, string beside)
{
    // Few enough that the pipeline that is watched would not fill the machine by itself for long.
    private const int WatchedCallers = 2;
    private const int Rounds = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    // As the variables set them: what is compared stands beside that.
    private readonly OnnxOptions _options = EnvironmentSettings.ReadOnnx();

    // Longer than encoders take to be opened one after the other.
    private TimeSpan IdleTime => TimeSpan.FromSeconds(Math.Max(10, 2 * settings.Duration.TotalSeconds));

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // First, while nothing else has grown.
        Note("memory");
        var memory = await MeasureMemoryAsync(cancellationToken);
        var (conditions, watched, runtime) = await MeasureConditionsAsync(cancellationToken);
        Note("admission");
        var (admission, flooding) = await MeasureAdmissionAsync(cancellationToken);
        Write(new BesideReport(watched, flooding, runtime, Environment.ProcessorCount, WatchedCallers, settings.Callers, conditions, memory, admission));
        return ExitCodes.Success;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private ServiceProvider Compose(OnnxOptions options)
    {
        var services = new ServiceCollection();
        services.AddMultimodalPipeline(settings.Models, trust: ModelTrustVariables.Read())
            .UseVipsImaging()
            .UseFFmpegAudio()
            .UseOnnxRuntime(options with { WarmUp = true });
        return services.BuildServiceProvider();
    }

    private FloodedPipeline OpenWatched(IServiceProvider services) => Open(services, settings.Pipeline, settings.Modalities);

    private FloodedPipeline OpenFlooding(IServiceProvider services) => Open(services, beside, []);

    private static FloodedPipeline Open(IServiceProvider services, string name, IReadOnlyList<Modality> modalities)
    {
        var catalog = services.GetRequiredService<PipelineCatalog>();
        return new FloodedPipeline(catalog.Get(name), services.GetRequiredService<OnnxModelFactory>(), catalog.Repository, modalities);
    }

    private async Task<MemoryReport> MeasureMemoryAsync(CancellationToken cancellationToken)
    {
        await using var services = Compose(_options with { IdleTime = IdleTime });
        services.GetRequiredService<PipelineCatalog>().Get(beside);

        // What the runtime itself takes is not what is asked about.
        await new Contest(OpenWatched(services), settings.Callers, null, 0).RunAsync(settings.Duration / 4, cancellationToken);
        return await MemoryTrial.RunAsync(
            () => OpenFlooding(services), services.GetRequiredService<OnnxModelFactory>(), settings.Callers, settings.Duration, cancellationToken);
    }

    private async Task<(IReadOnlyList<ConditionPoint>, PipelineReference, string)> MeasureConditionsAsync(CancellationToken cancellationToken)
    {
        var half = Math.Max(1, Environment.ProcessorCount / 2);
        (string Name, string Setting, bool IsFlooded, OnnxOptions Options)[] conditions =
        [
            ("alone", "", false, _options),
            ("no bounds", Text($"Onnx__Threads={1 << 16}"), true, _options with { Threads = 1 << 16 }),
            ("fair shares", "", true, _options),
            ("ten shares of its own", Text($"Onnx__Pipelines={settings.Pipeline}: Share=10"), true, With(settings.Pipeline, new PipelineBudget { Share = 10 })),
            ("the other bounded", Text($"Onnx__Pipelines={beside}: Threads={half}"), true, With(beside, new PipelineBudget { Threads = half })),
        ];
        var services = conditions.Select(condition => Compose(condition.Options)).ToList();
        try
        {
            var contests = conditions.Zip(services, (condition, provider) => new Contest(
                OpenWatched(provider), WatchedCallers, condition.IsFlooded ? OpenFlooding(provider) : null, settings.Callers)).ToList();
            for (var round = 0; round < Rounds; round++)
            {
                for (var i = 0; i < contests.Count; i++)
                {
                    Note(Text($"round {round + 1}, {conditions[i].Name}"));
                    await contests[i].RunAsync(settings.Duration, cancellationToken);
                }
            }

            var status = services[0].GetRequiredService<IRuntimeStatus>();
            return (
                [.. conditions.Zip(contests, (condition, contest) => new ConditionPoint(
                    condition.Name,
                    condition.Setting,
                    contest.Times.Count / contest.Seconds,
                    contest.Times.Quantile(0.5),
                    contest.Times.Quantile(0.99),
                    contest.Flooded / contest.Seconds))],
                OpenWatched(services[0]).Reference,
                $"{status.Name} on {string.Join(", ", status.ExecutionProviders)}");
        }
        finally
        {
            services.ForEach(provider => provider.Dispose());
        }
    }

    private OnnxOptions With(string pipeline, PipelineBudget budget) =>
        _options with { Pipelines = new Dictionary<string, PipelineBudget>(_options.Pipelines, StringComparer.OrdinalIgnoreCase) { [pipeline] = budget } };

    private async Task<(AdmissionReport, PipelineReference)> MeasureAdmissionAsync(CancellationToken cancellationToken)
    {
        await using var services = Compose(_options with { MaximumWait = LongestWait });
        var flooding = OpenFlooding(services);
        return (await new AdmissionTrial(flooding, 0, LongestWait, settings.Callers).RunAsync(settings.Duration * 4, cancellationToken), flooding.Reference);
    }

    private void Note(string what)
    {
        if (!settings.Json)
        {
            Console.Error.WriteLine(what);
        }
    }

    private void Write(BesideReport report) => BenchOutput.Write(
        settings,
        "beside.json",
        JsonSerializer.Serialize(report, BenchJson.Default.BesideReport),
        [("beside.svg", BesideChart.Write(report))],
        console => BesideTable.Show(report, console));
}
