using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.Statistics;
using Microsoft.Extensions.AI;
using Multimodal.Local.Bench;
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
    public async Task RunAsync(CancellationToken token)
    {
        var repository = new ModelRepository(settings.Models);
        var table = new Table().AddColumns(
            "encoder", "knee", "bare, items/s", "engine, items/s", "of bare", "one run a request", "gain", "same, default threads", "gain", "lone bare, ms", "lone added, µs", "of it outside the run, µs", "bytes a request", "opened in, ms", "from a kept graph, ms");
        foreach (var name in settings.Pipelines ?? repository.List())
        {
            var folder = repository.Load(name);
            foreach (var modality in folder.Definition.Encoders.Keys)
            {
                table.AddRow(await MeasureAsync(folder, modality, token));
            }
        }

        AnsiConsole.Console.Profile.Width = 240;
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
            var point = await new CallerLoad(engine, [features]).RunAsync(settings.Callers, settings.Duration, token);
            engineRates.Add(point.PerSecond);
            bytes.Add(point.BytesEach);
            singleRates.Add((await new CallerLoad(single, [features]).RunAsync(settings.Callers, settings.Duration, token)).PerSecond);
            carelessRates.Add((await new CallerLoad(careless, [features]).RunAsync(settings.Callers, settings.Duration, token)).PerSecond);
        }

        var (lone, added, outside) = await MeasureLoneAsync(folder, modality, features, token);
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
            Text($"{outside * 1000:0}"),
            Text($"{bytes.Median():0}"),
            Text($"{MeasureOpening(folder, modality, null):0.0}"),
            Text($"{MeasureOpeningKept(folder, modality):0.0}"),
        ];
    }

    // One thread each, so that what is compared is the way to the session and not its threads. The two take turns at being first, and what
    // counts is the median of the differences within pairs: both are then equally warm, and what disturbs one pair does not count.
    private async Task<(double Bare, double Added, double Outside)> MeasureLoneAsync(
        ModelFolder folder, Modality modality, Features features, CancellationToken token)
    {
        using var bare = new OnnxModelFactory(new OnnxOptions()).OpenBare(folder, modality, 1);
        using var encoder = new OnnxModelFactory(new OnnxOptions { TuningFolder = null, IntraOpThreads = 1 }).CreateEncoder(folder, modality);
        Features[] inputs = [features];
        var (bareTimes, added, outside) = (new List<double>(), new List<double>(), new List<double>());
        for (var run = -10; run < settings.LoneRuns; run++)
        {
            var (bareTime, time, ran) = (0.0, 0.0, 0.0);
            foreach (var bareNow in run % 2 == 0 ? [true, false] : (bool[])[false, true])
            {
                var begun = Stopwatch.GetTimestamp();
                if (bareNow)
                {
                    bare.Run(1);
                    bareTime = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                }
                else
                {
                    var embeddings = await encoder.GenerateAsync(inputs, cancellationToken: token);
                    time = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
                    ran = EncodeLedger.Of(embeddings)!.Computed.TotalMilliseconds;
                }
            }

            if (run >= 0)
            {
                bareTimes.Add(bareTime);
                added.Add(time - bareTime);
                outside.Add(time - ran);
            }
        }

        return (bareTimes.Median(), added.Median(), outside.Median());
    }

    private static double MeasureOpening(ModelFolder folder, Modality modality, string? graphs)
    {
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            var factory = new OnnxModelFactory(new OnnxOptions { TuningFolder = null, GraphFolder = graphs });
            using var encoder = factory.CreateEncoder(folder, modality);
            times.Add(((EncoderOpening)encoder.GetService(typeof(EncoderOpening), null)!).Load.TotalMilliseconds);
        }

        return times.Median();
    }

    private static double MeasureOpeningKept(ModelFolder folder, Modality modality)
    {
        var graphs = Directory.CreateTempSubdirectory("multimodal-bench-");
        try
        {
            // The first of them makes it; the median is one that finds it.
            return MeasureOpening(folder, modality, graphs.FullName);
        }
        finally
        {
            graphs.Delete(recursive: true);
        }
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
