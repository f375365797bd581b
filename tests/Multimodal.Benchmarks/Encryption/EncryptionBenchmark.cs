using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using MathNet.Numerics.Statistics;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Imaging.Vips;
using Multimodal.Local.Composition;
using Multimodal.Local.Files;
using Multimodal.Local.Run;
using Multimodal.Onnx;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Benchmarks.Encryption;

/// <summary>
/// Runs the same jobs on plain and on encrypted files in turns, and writes and reads blobs of two sizes; each figure is the median of the
/// rounds' ratios, so that what else the machine does falls on both alike. Processor time is beside it, which does not count what waits.
/// </summary>
internal sealed class EncryptionBenchmark(EncryptionSettings settings)
{
    private static readonly (string Name, int Bytes, int Blobs)[] Sizes = [("1 KiB", 1 << 10, 2000), ("4 MiB", 4 << 20, 32)];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("multimodal-bench-");
    private int _sent;

    public async Task RunAsync(CancellationToken token)
    {
        try
        {
            var keyFile = Path.Combine(_folder.FullName, "keys.json");
            KeyFile.Extend(keyFile, DateTimeOffset.UtcNow);
            var keys = BlobKeys.Open(new EncryptionOptions { KeyFile = keyFile });
            await CompareJobsAsync(keys, token);
            foreach (var (name, bytes, blobs) in Sizes)
            {
                await CompareBlobsAsync(name, RandomNumberGenerator.GetBytes(bytes), blobs, keys, token);
            }
        }
        finally
        {
            _folder.Delete(recursive: true);
        }
    }

    private async Task CompareJobsAsync(BlobKeys? keys, CancellationToken token)
    {
        await using var plain = Compose(Path.Combine(_folder.FullName, "plain"), null);
        await using var encrypted = Compose(Path.Combine(_folder.FullName, "encrypted"), keys);
        await RunJobsAsync(plain, token);
        await RunJobsAsync(encrypted, token);
        var (plainTimes, encryptedTimes) = (new List<Measured>(), new List<Measured>());
        for (var round = 0; round < settings.Rounds; round++)
        {
            plainTimes.Add(await RunJobsAsync(plain, token));
            encryptedTimes.Add(await RunJobsAsync(encrypted, token));
        }

        Tell($"jobs: plain {settings.Jobs / Seconds(plainTimes):0.0} a second, encrypted {settings.Jobs / Seconds(encryptedTimes):0.0}: {Describe(plainTimes, encryptedTimes)}");
    }

    private async Task CompareBlobsAsync(string name, byte[] content, int blobs, BlobKeys? keys, CancellationToken token)
    {
        var (plain, encrypted) = (new FileBlobStore(Path.Combine(_folder.FullName, "plain")), new FileBlobStore(Path.Combine(_folder.FullName, "encrypted"), keys));
        foreach (var reads in new[] { false, true })
        {
            var (plainTimes, encryptedTimes) = (new List<Measured>(), new List<Measured>());
            for (var round = -1; round < settings.Rounds; round++)
            {
                var (one, other) = (await MeasureAsync(plain, content, blobs, reads, token), await MeasureAsync(encrypted, content, blobs, reads, token));
                if (round >= 0)
                {
                    plainTimes.Add(one);
                    encryptedTimes.Add(other);
                }
            }

            var megabytes = (double)content.Length * blobs / (1 << 20);
            Tell($"{(reads ? "read" : "write")} {name}: plain {megabytes / Seconds(plainTimes):0.0} MiB/s, encrypted {megabytes / Seconds(encryptedTimes):0.0} MiB/s: {Describe(plainTimes, encryptedTimes)}");
        }
    }

    private static async Task<Measured> MeasureAsync(FileBlobStore store, byte[] content, int blobs, bool reads, CancellationToken token)
    {
        var (begun, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < blobs; i++)
        {
            var path = new BlobPath("measured", string.Create(CultureInfo.InvariantCulture, $"{i}"));
            if (reads)
            {
                await store.ReadAsync(path, token);
            }
            else
            {
                await store.WriteAsync(path, content, WriteCondition.None, token);
            }
        }

        return new Measured(Stopwatch.GetElapsedTime(begun).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }

    private ServiceProvider Compose(string storage, BlobKeys? keys)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMultimodalPipeline(settings.Models, new HostSettings { DefaultPipeline = settings.Pipeline })
            .UseVipsImaging()
            .UseOnnxRuntime()
            .UseFileStorage(storage, keys)
            .UseLocalEngine();
        services.AddSingleton(new RunSettings { Paths = [], Pipeline = settings.Pipeline, Models = settings.Models });
        services.AddSingleton<JobRunner>();
        return services.BuildServiceProvider();
    }

    private async Task<Measured> RunJobsAsync(ServiceProvider services, CancellationToken token)
    {
        var runner = services.GetRequiredService<JobRunner>();
        var samples = Directory.GetDirectories(Path.Combine(settings.Models, settings.Pipeline, "samples")).Order(StringComparer.Ordinal).ToList();
        var left = settings.Jobs;
        var (begun, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
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
                        throw new InvalidOperationException(run.Failure ?? $"The job ended as {run.Result?.Status}.");
                    }
                }
            },
            token)));
        return new Measured(Stopwatch.GetElapsedTime(begun).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }

    private static double Seconds(List<Measured> measured) => measured.Select(one => one.Seconds).Median();

    private static string Describe(List<Measured> plain, List<Measured> encrypted)
    {
        var speed = plain.Zip(encrypted, (one, other) => one.Seconds / other.Seconds).Median();
        var processor = plain.Zip(encrypted, (one, other) => other.Processor / one.Processor).Median();
        return string.Create(CultureInfo.InvariantCulture, $"{speed:0.00} of the speed, {processor:0.00} of the processor time");
    }

    private static void Tell(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    /// <param name="Seconds">How long it took.</param>
    /// <param name="Processor">The processor time that it used, in seconds.</param>
    private sealed record Measured(double Seconds, double Processor);
}
