using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Multimodal.Testing;
using Multimodal.Trials.Service;

namespace Multimodal.Trials.Load;

/// <summary>Many clients at once, each of which sends a job and waits for its result before it sends the next.</summary>
internal sealed class LoadTrial(ITrialStorage storage, LoadTrialSettings settings, Action<string> tell)
{
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromSeconds(1);
    private readonly IReadOnlyList<SampleFiles> _samples = SampleFiles.ReadAll();
    private readonly ConcurrentBag<double> _latencies = [];
    private readonly ConcurrentDictionary<string, string> _labels = new();
    private int _next;
    private int _refused;

    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        using var encoders = new BareEncoders();
        var bare = await encoders.MeasureAsync(_samples, preprocesses: false, cancellationToken);
        var preprocessing = await encoders.MeasureAsync(_samples, preprocesses: true, cancellationToken);
        tell($"encoders alone: {bare:0} jobs/s, with preprocessing {preprocessing:0} jobs/s");

        await using var service = ServeProcess.Start([.. storage.Arguments, "--models", TestPaths.Models], storage.Environment);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = settings.Clients })
        {
            BaseAddress = await service.Address,
            Timeout = TimeSpan.FromMinutes(5),
        };
        using var sampling = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var memory = SampleMemoryAsync(service, sampling.Token);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, settings.Clients).Select(_ => RunClientAsync(client, cancellationToken)));
        var elapsed = clock.Elapsed;
        var processor = service.ProcessorTime;
        await sampling.CancelAsync();
        var samples = await memory;
        await service.SignalAsync("TERM");
        await service.WaitAsync(cancellationToken);
        return await JudgeAsync(service, elapsed, cancellationToken) with
        {
            ProcessorPerJob = Math.Round(processor.TotalMilliseconds / settings.Jobs, 1),
            EncodersJobsPerSecond = Math.Round(bare, 1),
            PreprocessingAndEncodersJobsPerSecond = Math.Round(preprocessing, 1),
            MemorySecondQuarter = Mean(samples, 0.25, 0.5),
            MemoryLastQuarter = Mean(samples, 0.75, 1),
            MemoryMost = samples.Count == 0 ? 0 : Math.Round(samples.Max()),
        };
    }

    private async Task RunClientAsync(HttpClient client, CancellationToken cancellationToken)
    {
        for (var job = Interlocked.Increment(ref _next); job <= settings.Jobs; job = Interlocked.Increment(ref _next))
        {
            var sample = _samples[job % _samples.Count];
            var id = string.Create(CultureInfo.InvariantCulture, $"load-{job:d6}");
            _labels[id] = sample.Label;
            var begun = Stopwatch.GetTimestamp();
            await SubmitAsync(client, id, sample, cancellationToken);
            _latencies.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            if (job % 500 == 0)
            {
                tell($"{job} jobs sent");
            }
        }
    }

    private async Task SubmitAsync(HttpClient client, string id, SampleFiles sample, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = sample.ToForm(id) };
            request.Headers.Add("Prefer", "wait=60");
            using var response = await client.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
            {
                response.EnsureSuccessStatusCode();
                return;
            }

            Interlocked.Increment(ref _refused);
            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    private static async Task<List<double>> SampleMemoryAsync(ServeProcess service, CancellationToken cancellationToken)
    {
        var samples = new List<double>();
        while (!cancellationToken.IsCancellationRequested)
        {
            samples.Add(service.ResidentBytes / 1024.0 / 1024.0);
            await Task.Delay(SamplePeriod, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return samples;
    }

    private async Task<LoadReport> JudgeAsync(ServeProcess service, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var messages = await storage.ReadMessageIdsAsync(cancellationToken);
        var announced = messages.Distinct().ToLookup(id => id[..id.LastIndexOf('/')]);
        var (lost, wrong, misannounced) = (0, 0, 0);
        foreach (var (id, label) in _labels)
        {
            var stored = await StoredOutcome.ReadAsync(storage.Blobs, id, cancellationToken);
            lost += stored.IsDone ? 0 : 1;
            wrong += stored.IsDone && (stored.Record!.Revision != 1 || stored.Label != label) ? 1 : 0;
            misannounced += announced[id].SequenceEqual([$"{id}/1"]) ? 0 : 1;
        }

        var latencies = _latencies.Order().ToList();
        return new LoadReport
        {
            Storage = storage.Name,
            Clients = settings.Clients,
            Jobs = settings.Jobs,
            Lost = lost,
            Wrong = wrong,
            Misannounced = misannounced,
            RepeatedMessages = messages.Count - messages.Distinct().Count(),
            RepeatedPublications = service.Log.Count(line => line.Contains(", closed: ", StringComparison.Ordinal)) - settings.Jobs,
            Refused = _refused,
            JobsPerSecond = Math.Round(settings.Jobs / elapsed.TotalSeconds, 1),
            P50 = Percentile(latencies, 0.5),
            P95 = Percentile(latencies, 0.95),
            P99 = Percentile(latencies, 0.99),
            ProcessorPerJob = 0,
            EncodersJobsPerSecond = 0,
            PreprocessingAndEncodersJobsPerSecond = 0,
            MemorySecondQuarter = 0,
            MemoryLastQuarter = 0,
            MemoryMost = 0,
            Elapsed = elapsed,
        };
    }

    private static double Percentile(List<double> sorted, double share) =>
        Math.Round(sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)]);

    private static double Mean(List<double> samples, double from, double to) =>
        samples.Skip((int)(from * samples.Count)).Take((int)((to - from) * samples.Count)) is var part && part.Any() ? Math.Round(part.Average()) : 0;
}
