using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.Statistics;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Imaging.Vips;
using Multimodal.Local.Composition;
using Multimodal.Local.Run;
using Multimodal.Onnx;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Benchmarks.Jobs;

/// <summary>
/// Measures whole jobs, a picture, a text and a recording each: from files on disk to the stored result, through preprocessing, the local
/// engine and file stores. Beside them stands the bare compute time: the same number of items of the same features through each encoder's
/// bare session at the best of all its settings, one encoder after the other with the whole machine for itself; no decoding, no storing.
/// </summary>
internal sealed class JobsBenchmark(JobsSettings settings)
{
    private static readonly TimeSpan BareDuration = TimeSpan.FromSeconds(3);

    private readonly ModelFolder _folder = new ModelRepository(settings.Models).Load(settings.Pipeline);
    private int _sent;

    public async Task RunAsync(CancellationToken token)
    {
        var tuner = new OnnxModelFactory(new OnnxOptions { TuningFolder = Directory.CreateTempSubdirectory("multimodal-bench-").FullName });
        var storages = new List<DirectoryInfo>();
        var composed = new List<(string Name, ServiceProvider Services, List<double> Times, List<double> Processor, List<double> Ratios)>();
        try
        {
            var options = Tune(tuner, token);
            int?[] choices = settings.Threads is [] ? [null] : [.. settings.Threads];
            foreach (var threads in choices)
            {
                storages.Add(Directory.CreateTempSubdirectory("multimodal-bench-"));
                composed.Add((
                    threads is null ? "" : Text($"{threads} threads: "), Compose(storages[^1].FullName, options with { Threads = threads }), [], [], []));
            }

            var samples = Directory.GetDirectories(Path.Combine(_folder.Path, "samples")).Order(StringComparer.Ordinal).ToList();
            var features = Preprocess(composed[0].Services.GetRequiredService<PipelineCatalog>().Get(settings.Pipeline), samples[0]);
            foreach (var (_, services, _, _, _) in composed)
            {
                await RunJobsAsync(services, samples, token);
            }

            var bareTimes = new List<double>();
            for (var round = 0; round < settings.Rounds; round++)
            {
                var bare = MeasureBare(tuner, features, token);
                bareTimes.Add(bare);

                // Each is first as often as the others.
                for (var i = 0; i < composed.Count; i++)
                {
                    var (name, services, times, processor, ratios) = composed[(round + i) % composed.Count];
                    var before = Environment.CpuUsage.TotalTime;
                    var jobs = await RunJobsAsync(services, samples, token);
                    processor.Add((Environment.CpuUsage.TotalTime - before).TotalSeconds);
                    times.Add(jobs);
                    ratios.Add(jobs / bare);
                    Console.WriteLine(Text($"round {round + 1}: {name}{settings.Jobs} jobs in {jobs:0.000} s, {processor[^1]:0.000} s of processors, bare {bare:0.000} s, {jobs / bare:0.00}×"));
                }
            }

            foreach (var (name, _, times, processor, ratios) in composed)
            {
                Console.WriteLine(Text(
                    $"median: {name}{times.Median() / settings.Jobs * 1000:0.0} ms a job, {processor.Median() / settings.Jobs * 1000:0.0} ms of processors, bare {bareTimes.Median() / settings.Jobs * 1000:0.0} ms, {ratios.Median():0.00}×"));
            }
        }
        finally
        {
            foreach (var (_, services, _, _, _) in composed)
            {
                await services.DisposeAsync();
            }

            storages.ForEach(storage => storage.Delete(recursive: true));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // What the engine runs with, and the very best of what was measured.
    private OnnxOptions Tune(OnnxModelFactory tuner, CancellationToken token)
    {
        foreach (var modality in _folder.Definition.Encoders.Keys)
        {
            var tuning = tuner.Tune(_folder, modality, null, token);
            Console.Error.WriteLine(Text($"{modality.ToName()}: {tuning.Knee.Batch} × {tuning.Knee.Runs} × {tuning.Knee.Threads}, {tuning.Knee.ItemsPerSecond:0.0} a second"));
        }

        return tuner.Options;
    }

    private double MeasureBare(OnnxModelFactory tuner, Dictionary<Modality, Features> features, CancellationToken token) =>
        _folder.Definition.Encoders.Keys.Sum(modality =>
        {
            var best = tuner.FindTuning(_folder, modality)!.Points.MaxBy(point => point.ItemsPerSecond)!;
            return settings.Jobs / tuner.MeasureBare(_folder, modality, best, features[modality], BareDuration, token).ItemsPerSecond;
        });

    private ServiceProvider Compose(string storage, OnnxOptions options)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMultimodalPipeline(settings.Models, new HostSettings { DefaultPipeline = settings.Pipeline })
            .UseVipsImaging()
            .UseOnnxRuntime(options)
            .UseFileStorage(storage)
            .UseLocalEngine();
        services.AddSingleton(new RunSettings { Paths = [], Pipeline = settings.Pipeline, Models = settings.Models });
        services.AddSingleton<JobRunner>();
        return services.BuildServiceProvider();
    }

    private static Dictionary<Modality, Features> Preprocess(LoadedPipeline pipeline, string sample) =>
        Directory.GetFiles(sample)
            .Select(file => pipeline.Preprocess(new InputContent(Path.GetFileName(file), File.ReadAllBytes(file))))
            .ToDictionary(features => features.Modality);

    private async Task<double> RunJobsAsync(ServiceProvider services, List<string> samples, CancellationToken token)
    {
        var runner = services.GetRequiredService<JobRunner>();
        var left = settings.Jobs;
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, settings.AtOnce).Select(_ => Task.Run(
            async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0)
                {
                    var number = Interlocked.Increment(ref _sent);
                    var files = new DirectoryInfo(samples[number % samples.Count]).GetFiles();
                    var run = await runner.RunAsync(new LocalJob(JobId.Parse($"job-{number}"), files, null), token);
                    if (run.Result?.Status != JobOutcomeStatus.Succeeded)
                    {
                        throw new InvalidOperationException(run.Failure ?? run.Result?.Error?.Message ?? $"The job ended as {run.Result?.Status}.");
                    }
                }
            },
            token)));
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
