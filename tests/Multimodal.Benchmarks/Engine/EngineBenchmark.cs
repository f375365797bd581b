using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.Statistics;
using Microsoft.Extensions.AI;
using Multimodal.Onnx;
using Multimodal.Onnx.Tuning;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Spectre.Console;

namespace Multimodal.Benchmarks.Engine;

/// <summary>
/// Measures, for each encoder: the bare session at its best setting; the engine with many callers at that setting; the engine with one run
/// a request; and what the engine adds to a lone request. The contenders take turns.
/// </summary>
internal sealed class EngineBenchmark(EngineSettings settings)
{
    private const int LoneRuns = 300;

    public async Task RunAsync(CancellationToken token)
    {
        var repository = new ModelRepository(settings.Models);
        var table = new Table().AddColumns(
            "encoder", "knee", "bare, items/s", "engine, items/s", "of bare", "one run a request", "gain", "same, default threads", "gain", "lone bare, ms", "lone added, µs", "bytes a request");
        foreach (var name in settings.Pipelines ?? repository.List())
        {
            var folder = repository.Load(name);
            foreach (var modality in folder.Definition.Encoders.Keys)
            {
                table.AddRow(await MeasureAsync(folder, modality, token));
            }
        }

        AnsiConsole.Console.Profile.Width = 200;
        AnsiConsole.Write(table);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private async Task<string[]> MeasureAsync(ModelFolder folder, Modality modality, CancellationToken token)
    {
        var options = new OnnxOptions { TuningFolder = null };
        var tuning = new OnnxModelFactory(options).Tune(folder, modality, new Progress<BatchPoint>(point => Console.Error.WriteLine(
            Text($"{folder.Definition.Name}: batch {point.Batch}, runs {point.Runs}, threads {point.Threads}: {point.ItemsPerSecond:0} items/s"))), token);

        // What is bare takes the very best point, whatever its latency.
        var best = tuning.Points.MaxBy(point => point.ItemsPerSecond)!;
        var knee = tuning.Knee;
        var fixedTo = options with { IntraOpThreads = knee.Threads, ConcurrentRuns = knee.Runs, MaximumBatch = knee.Batch };
        using var engine = new OnnxModelFactory(fixedTo).CreateEncoder(folder, modality);
        using var single = new OnnxModelFactory(fixedTo with { MaximumBatch = 1, ConcurrentRuns = Environment.ProcessorCount / knee.Threads })
            .CreateEncoder(folder, modality);


        // As it is without thought: every caller runs the session at once, which has a thread for each core.
        using var careless = new OnnxModelFactory(
            options with { IntraOpThreads = Environment.ProcessorCount, MaximumBatch = 1, ConcurrentRuns = settings.Callers }).CreateEncoder(folder, modality);
        using var bare = new OnnxModelFactory(options).OpenBare(folder, modality, best.Threads);
        var features = new Features(modality, bare.Item.Tensors, new InputFacts { MediaType = "application/x-made-up" });

        var (bareRates, engineRates, singleRates, carelessRates, bytes) =
            (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < settings.Rounds; round++)
        {
            bareRates.Add(BatchMeter.Measure(bare, best.Batch, best.Runs, best.Threads, settings.Duration, token).ItemsPerSecond);
            var (rate, each) = await CallerLoad.RunAsync(engine, features, settings.Callers, settings.Duration, token);
            engineRates.Add(rate);
            bytes.Add(each);
            singleRates.Add((await CallerLoad.RunAsync(single, features, settings.Callers, settings.Duration, token)).PerSecond);
            carelessRates.Add((await CallerLoad.RunAsync(careless, features, settings.Callers, settings.Duration, token)).PerSecond);
        }

        var (lone, added) = await MeasureLoneAsync(folder, modality, features, token);
        if (settings.Requests > 0)
        {
            await WatchMemoryAsync(engine, features, token);
        }

        var ofBare = engineRates.Median() / bareRates.Median();
        var (ofSingle, ofCareless) = (engineRates.Median() / singleRates.Median(), engineRates.Median() / carelessRates.Median());
        return
        [
            $"{folder.Definition.Name}/{modality.ToName()}",
            Text($"{knee.Batch} × {knee.Runs} × {knee.Threads}"),
            Text($"{bareRates.Median():0.0}"),
            Text($"{engineRates.Median():0.0}"),
            Text($"{ofBare:0.0 %}"),
            Text($"{singleRates.Median():0.0}"),
            Text($"{ofSingle:0.00}×"),
            Text($"{carelessRates.Median():0.0}"),
            Text($"{ofCareless:0.00}×"),
            Text($"{lone:0.000}"),
            Text($"{added * 1000:0}"),
            Text($"{bytes.Median():0}"),
        ];
    }

    // One thread each, so that what is compared is the way to the session and not its threads.
    private static async Task<(double Bare, double Added)> MeasureLoneAsync(
        ModelFolder folder, Modality modality, Features features, CancellationToken token)
    {
        using var bare = new OnnxModelFactory(new OnnxOptions()).OpenBare(folder, modality, 1);
        using var encoder = new OnnxModelFactory(new OnnxOptions { TuningFolder = null, IntraOpThreads = 1 }).CreateEncoder(folder, modality);
        Features[] inputs = [features];
        var (bareTimes, added) = (new List<double>(), new List<double>());
        for (var run = -10; run < LoneRuns; run++)
        {
            var begun = Stopwatch.GetTimestamp();
            bare.Run(1);
            var bareTime = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            begun = Stopwatch.GetTimestamp();
            await encoder.GenerateAsync(inputs, cancellationToken: token);
            var time = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            if (run >= 0)
            {
                bareTimes.Add(bareTime);
                added.Add(time - bareTime);
            }
        }

        return (bareTimes.Median(), added.Median());
    }

    private async Task WatchMemoryAsync(IEmbeddingGenerator<Features, Embedding<float>> encoder, Features features, CancellationToken token)
    {
        const int Step = 10_000;
        Features[] inputs = [features];
        for (var sent = 0; sent < settings.Requests; sent += Step)
        {
            await Task.WhenAll(Enumerable.Range(0, settings.Callers).Select(async _ =>
            {
                for (var i = 0; i < Step / settings.Callers; i++)
                {
                    await encoder.GenerateAsync(inputs, cancellationToken: token);
                }
            }));
            using var process = Process.GetCurrentProcess();
            Console.Error.WriteLine(Text($"{sent + Step} requests: {process.WorkingSet64 / 1e6:0.0} MB resident, {GC.GetTotalMemory(true) / 1e6:0.0} MB managed"));
        }
    }
}
