using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing;
using Multimodal.Trials.Service;

namespace Multimodal.Trials.Batches;

/// <summary>
/// Puts blobs into a container, has a service make jobs of them as one batch, kills it in the middle, and looks at what is stored of every
/// job at the end.
/// </summary>
internal sealed class BatchTrial(ITrialStorage storage, BatchTrialSettings settings, Action<string> tell)
{
    private const string Batch = "trial";
    private const int AtOnce = 16;
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    // The verdict of each is its place.
    private static readonly string[] Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    private readonly List<BatchSight> _sights = [];
    private readonly Stopwatch _clock = new();
    private TimeSpan _longestResumption;
    private TimeSpan _processor;

    public async Task<BatchReport> RunAsync(CancellationToken cancellationToken)
    {
        var seeding = Stopwatch.StartNew();
        await Parallel.ForAsync(0, settings.Jobs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, SeedAsync);
        tell(string.Create(CultureInfo.InvariantCulture, $"{settings.Jobs} blobs put there in {seeding.Elapsed.TotalSeconds:0} s"));
        _clock.Start();
        var seeded = seeding.Elapsed;
        for (var kill = 1; kill <= settings.Kills; kill++)
        {
            await LiveAsync(settings.Jobs * (long)kill / (settings.Kills + 1), cancellationToken);
        }

        var last = await LiveAsync(long.MaxValue, cancellationToken);
        return await JudgeAsync(seeded, last, cancellationToken);
    }

    private static string NameOf(int i) => string.Create(CultureInfo.InvariantCulture, $"notes/{i:d7}.txt");

    private static string JobOf(int i) => string.Create(CultureInfo.InvariantCulture, $"{Batch}.{i:d7}.txt");

    private ValueTask SeedAsync(int i, CancellationToken cancellationToken) => storage.PutAsync(
        new BlobPath(Containers.Bulk, NameOf(i)), Encoding.UTF8.GetBytes($"we still have {Digits[i % Digits.Length]} chairs left"), cancellationToken);

    // One life of the service: until so many jobs have ended, or the batch is over.
    private async Task<JsonElement> LiveAsync(long until, CancellationToken cancellationToken)
    {
        var begun = _clock.Elapsed;
        var before = _sights.LastOrDefault();
        await using var service = ServeProcess.Start([.. storage.Arguments, "--models", TestPaths.Models], storage.Environment);
        using var client = new HttpClient { BaseAddress = await service.Address, Timeout = TimeSpan.FromMinutes(2) };
        if (before is null)
        {
            using var posted = await client.PostAsJsonAsync(
                "/api/batches",
                new
                {
                    id = Batch,
                    container = Containers.Bulk,
                    prefix = "notes/",
                    groupBy = "blob",
                    pipeline = "digits",
                    maximumOpenJobs = settings.MaximumOpenJobs,
                    jobsPerSecond = settings.JobsPerSecond,
                    expectedJobs = settings.Jobs,
                },
                cancellationToken);
            posted.EnsureSuccessStatusCode();
        }

        var progress = Stopwatch.StartNew();
        for (var resumed = before is null; ;)
        {
            await Task.Delay(LookPeriod, cancellationToken);
            var batch = await client.GetFromJsonAsync<JsonElement>($"/api/batches/{Batch}", cancellationToken);
            var sight = BatchSight.Of(batch, _clock.Elapsed, service.ResidentBytes);
            if (!resumed && (sight.Started > before!.Started || sight.Ended > before.Ended))
            {
                resumed = true;
                _longestResumption = new[] { _longestResumption, _clock.Elapsed - begun }.Max();
            }

            if (_sights.Count == 0 || sight.Started > _sights[^1].Started || sight.Ended > _sights[^1].Ended)
            {
                progress.Restart();
            }

            if (_sights.Count % 15 == 0)
            {
                tell(string.Create(
                    CultureInfo.InvariantCulture, $"{sight.At.TotalSeconds:0} s: {sight.Started} started, {sight.Ended} ended, {sight.Memory:0} MiB"));
            }

            _sights.Add(sight);
            if (sight.IsOver)
            {
                _processor += service.ProcessorTime;
                await service.SignalAsync("TERM");
                await service.WaitAsync(cancellationToken);
                return batch;
            }

            if (sight.Ended >= until)
            {
                _processor += service.ProcessorTime;
                await service.KillAsync();
                tell(string.Create(CultureInfo.InvariantCulture, $"{sight.At.TotalSeconds:0} s: killed at {sight.Ended} ended, {sight.Started} started"));
                return batch;
            }

            if (progress.Elapsed > settings.Patience)
            {
                throw new InvalidOperationException($"The batch does not get on: {batch}\n{string.Join('\n', service.Log.TakeLast(20))}");
            }
        }
    }

    private async Task<BatchReport> JudgeAsync(TimeSpan seeding, JsonElement last, CancellationToken cancellationToken)
    {
        var messages = await storage.ReadMessageIdsAsync(cancellationToken);
        var announced = messages.Distinct().ToLookup(id => id[..id.LastIndexOf('/')]);
        var (lost, twice, wrong, misannounced) = (0, 0, 0, 0);
        await Parallel.ForAsync(
            0,
            settings.Jobs,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, token) =>
            {
                var stored = await StoredOutcome.ReadAsync(storage.Blobs, JobOf(i), token);
                Count(ref lost, !stored.IsDone);
                Count(ref twice, stored.Record is { Revision: not 1 });
                Count(ref wrong, stored.IsDone && stored.Label != (i % Digits.Length).ToString(CultureInfo.InvariantCulture));
                Count(ref misannounced, !announced[JobOf(i)].SequenceEqual([$"{JobOf(i)}/1"]));
            });
        var unknown = 0;
        await foreach (var entry in storage.Blobs.ListAsync(Containers.Results, "", cancellationToken))
        {
            unknown += entry.Path.Name.EndsWith("/result.json", StringComparison.Ordinal) ? 1 : 0;
        }

        var intake = _sights.First(sight => sight.Started == settings.Jobs).At.TotalSeconds;
        var whole = _sights[^1].At.TotalSeconds;
        var counts = last.GetProperty("counts");
        return new BatchReport
        {
            Storage = storage.Name,
            Jobs = settings.Jobs,
            Kills = settings.Kills,
            Seeding = Math.Round(seeding.TotalSeconds, 1),
            Intake = Math.Round(intake, 1),
            IntakeJobsPerSecond = Math.Round(settings.Jobs / intake, 1),
            IntakeBurstJobsPerSecond = Burst(),
            Whole = Math.Round(whole, 1),
            WholeJobsPerSecond = Math.Round(settings.Jobs / whole, 1),
            LongestResumption = Math.Round(_longestResumption.TotalSeconds, 1),
            ProcessorPerJob = Math.Round(_processor.TotalMilliseconds / settings.Jobs, 1),
            MostOpen = _sights.Max(sight => sight.Open),
            MemoryFirstTenth = Mean(sight => sight.Ended < settings.Jobs / 10),
            MemoryLastTenth = Mean(sight => sight.Ended >= settings.Jobs - (settings.Jobs / 10)),
            MemoryMost = Math.Round(_sights.Max(sight => sight.Memory)),
            Lost = lost,
            Twice = twice,
            Unknown = Math.Max(0, unknown - settings.Jobs),
            Wrong = wrong,
            Misannounced = misannounced,
            RepeatedMessages = messages.Count - messages.Distinct().Count(),
            Counts = counts.Clone(),
            CountsAreRight = BatchSight.CountOf(last, "listed") == settings.Jobs
                && BatchSight.CountOf(last, "started") == settings.Jobs
                && BatchSight.CountOf(last, "succeeded") == settings.Jobs,
        };
    }

    private static void Count(ref int counter, bool isSo)
    {
        if (isSo)
        {
            Interlocked.Increment(ref counter);
        }
    }

    private double Mean(Func<BatchSight, bool> isMeant) =>
        Math.Round(_sights.Where(isMeant).Select(sight => sight.Memory).DefaultIfEmpty().Average());

    private double Burst()
    {
        var fastest = 0.0;
        for (int from = 0, to = 0; to < _sights.Count; to++)
        {
            while (_sights[to].At - _sights[from].At > TimeSpan.FromSeconds(6))
            {
                from++;
            }

            var seconds = (_sights[to].At - _sights[from].At).TotalSeconds;
            fastest = seconds >= 4 ? Math.Max(fastest, (_sights[to].Started - _sights[from].Started) / seconds) : fastest;
        }

        return Math.Round(fastest, 1);
    }
}
