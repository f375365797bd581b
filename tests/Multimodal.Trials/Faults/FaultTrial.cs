using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Multimodal.Local.Serve;
using Multimodal.Local.Serve.Settings;
using Multimodal.Orchestration.Recovery;
using Multimodal.Pipeline.Jobs;
using Multimodal.Testing;
using Multimodal.Testing.Storage.Faults;
using Multimodal.Trials.Service;

namespace Multimodal.Trials.Faults;

/// <summary>
/// Runs the service in this process on a storage whose calls fail, time out, are throttled or lose their answers, and looks at what
/// is stored of every job, past the faults.
/// </summary>
internal sealed class FaultTrial(IFaultyStorage storage, FaultTrialSettings settings, Action<string> tell)
{
    private const int RequestAttempts = 50;
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan TellPeriod = TimeSpan.FromSeconds(15);

    // The host resumes what failed after minutes; here it may not take so long.
    private static readonly TimeSpan Resumption = TimeSpan.FromSeconds(5);

    // A machine that does much else at once takes its time; what is given up too early would end the trial.
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(30);

    private readonly FaultPlan _plan = new(settings.Seed, settings.Share);
    private readonly IReadOnlyList<SampleFiles> _samples = SampleFiles.ReadAll();
    private int _sentAgain;

    public async Task<FaultReport> RunAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.StartNew();
        var jobs = Enumerable.Range(0, settings.Jobs).Select(i => (
            Id: string.Create(CultureInfo.InvariantCulture, $"fault-{i:d5}"), Sample: _samples[i % _samples.Count], OverHttp: i % 2 == 0)).ToList();
        var folder = Directory.CreateTempSubdirectory("multimodal-faults-").FullName;
        try
        {
            await using var application = Build(folder);
            await application.StartAsync(cancellationToken);
            using var client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()), Timeout = LongestRequest };
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var resuming = ResumeAsync(application.Services.GetRequiredService<OpenJobSweep>(), ending.Token);
            await Parallel.ForEachAsync(
                jobs,
                new ParallelOptions { MaxDegreeOfParallelism = settings.Clients, CancellationToken = cancellationToken },
                async (job, token) => await (job.OverHttp ? PostAsync(client, job.Id, job.Sample, token) : UploadAsync(job.Id, job.Sample, token)));
            tell($"{jobs.Count} jobs sent, {begun.Elapsed:mm\\:ss}");
            await WaitAsync(jobs.Select(job => job.Id), cancellationToken);
            await ending.CancelAsync();
            await resuming;
            await application.StopAsync(cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return await JudgeAsync(jobs.Select(job => (job.Id, job.Sample)), begun.Elapsed, cancellationToken);
    }

    private WebApplication Build(string folder) => ServeHost.Build(
        new ServeSettings
        {
            Addresses = [ListenAddress.OfPort(0)],
            Storage = new StorageChoice(storage.Folder ?? folder),
            Pipeline = "digits",
            Models = TestPaths.Models,
            PollInterval = TimeSpan.FromSeconds(0.3),
            SettleTime = TimeSpan.FromSeconds(0.2),
        },
        services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            services.AddSingleton<IHostLifetime, NoSignals>();
            storage.Compose(services, _plan);
        });

    private static async Task ResumeAsync(OpenJobSweep sweep, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(Resumption, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await sweep.RunAsync(Resumption, cancellationToken);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The storage's doing; the next sweep makes it good.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    // As a careful client: what is answered by an error is sent again under the same id, unless it is done all the same.
    private async Task PostAsync(HttpClient client, string id, SampleFiles sample, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var form = sample.ToForm(id);
            using var response = await client.PostAsync(new Uri("/api/jobs", UriKind.Relative), form, cancellationToken);
            if (response.IsSuccessStatusCode || await IsClosedAsync(client, id, cancellationToken))
            {
                return;
            }

            if (attempt == RequestAttempts)
            {
                throw new InvalidOperationException($"{id}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
            }

            Interlocked.Increment(ref _sentAgain);
            await Task.Delay(TimeSpan.FromSeconds(0.1), cancellationToken);
        }
    }

    private static async Task<bool> IsClosedAsync(HttpClient client, string id, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(new Uri($"/api/jobs/{id}", UriKind.Relative), cancellationToken);
        return response.IsSuccessStatusCode
            && (await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("state").GetString() == "closed";
    }

    private async Task UploadAsync(string id, SampleFiles sample, CancellationToken cancellationToken)
    {
        var options = $$"""{ "inputs": [{{string.Join(", ", sample.Files.Select(file => $"\"{file.Name}\""))}}] }""";
        await storage.Clean.UploadAsync($"{id}/job.json", Encoding.UTF8.GetBytes(options), cancellationToken);
        foreach (var (name, content) in sample.Files)
        {
            await storage.Clean.UploadAsync($"{id}/{name}", content, cancellationToken);
        }
    }

    private async Task WaitAsync(IEnumerable<string> jobs, CancellationToken cancellationToken)
    {
        var left = new Queue<string>(jobs);
        var (progress, told) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        while (left.Count > 0 && progress.Elapsed < settings.Patience)
        {
            if (told.Elapsed > TellPeriod)
            {
                tell($"{left.Count} jobs left, {_plan.Calls} calls");
                told.Restart();
            }

            for (var looks = left.Count; looks > 0; looks--)
            {
                var id = left.Dequeue();
                if ((await StoredOutcome.ReadAsync(storage.Clean.Blobs, id, cancellationToken)).IsDone)
                {
                    progress.Restart();
                }
                else
                {
                    left.Enqueue(id);
                }
            }

            await Task.Delay(LookPeriod, cancellationToken);
        }

        tell($"{left.Count} jobs left");
    }

    private async Task<FaultReport> JudgeAsync(IEnumerable<(string Id, SampleFiles Sample)> jobs, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var messages = await storage.Clean.ReadMessageIdsAsync(cancellationToken);
        var announced = messages.Distinct().ToLookup(id => id[..id.LastIndexOf('/')]);
        List<string> lost = [], wrong = [], misannounced = [];
        var resubmitted = 0;
        foreach (var (id, sample) in jobs)
        {
            var stored = await StoredOutcome.ReadAsync(storage.Clean.Blobs, id, cancellationToken);
            if (!stored.IsDone)
            {
                lost.Add($"{id}: {stored.Record?.State}");
                continue;
            }

            var (revision, result) = (stored.Record!.Revision, stored.Result!);
            resubmitted += revision > 1 ? 1 : 0;
            if (stored.Label != sample.Label || result.Status != JobOutcomeStatus.Succeeded || result.Inputs.Count != sample.Files.Count)
            {
                wrong.Add($"{id}: {stored.Label} for {sample.Label}, {result.Status}");
            }

            var expected = Enumerable.Range(1, revision).Select(number => string.Create(CultureInfo.InvariantCulture, $"{id}/{number}"));
            if (!announced[id].Order(StringComparer.Ordinal).SequenceEqual(expected.Order(StringComparer.Ordinal)))
            {
                misannounced.Add($"{id}: {string.Join(", ", announced[id])}");
            }
        }

        return new FaultReport
        {
            Storage = storage.Clean.Name,
            Jobs = settings.Jobs,
            Calls = _plan.Calls,
            Faults = _plan.Faults,
            RequestsSentAgain = _sentAgain,
            Resubmitted = resubmitted,
            Lost = lost,
            Wrong = wrong,
            Misannounced = misannounced,
            RepeatedMessages = messages.Count - messages.Distinct().Count(),
            Elapsed = elapsed,
        };
    }
}
