using System.Diagnostics;
using System.Globalization;
using System.Text;
using Multimodal.Trials.Service;

namespace Multimodal.Trials.Kill;

/// <summary>
/// Sends jobs, over HTTP and as uploads, while the service is killed at random moments and started anew; then lets one live and looks
/// at what is stored of every job.
/// </summary>
internal sealed class KillTrial(ITrialStorage storage, KillTrialSettings settings, Action<string> tell)
{
    // The looks must not take from the storage what the service needs of it.
    private const int LooksAtOnce = 50;
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    private readonly Random _random = new(settings.Seed);
    private readonly IReadOnlyList<SampleFiles> _samples = SampleFiles.ReadAll();
    private readonly List<SentJob> _sent = [];
    private int _sentOverHttp;
    private int _killsBeforeListening;

    public async Task<KillReport> RunAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.StartNew();
        for (var kill = 0; kill < settings.Kills; kill++)
        {
            await LiveAsync(JobsOf(kill), cancellationToken);
            if ((kill + 1) % 20 == 0)
            {
                tell($"{kill + 1} kills, {_sent.Count(job => job.Accepted)} jobs accepted, {begun.Elapsed:mm\\:ss}");
            }
        }

        var recovery = await RecoverAsync(cancellationToken);
        return await JudgeAsync(recovery, begun.Elapsed, cancellationToken);
    }

    private int JobsOf(int kill) => (settings.Jobs * (kill + 1) / settings.Kills) - (settings.Jobs * kill / settings.Kills);

    private ServeProcess Start() => ServeProcess.Start(
        [.. storage.Arguments, "--poll", "0.3", "--models", Testing.TestPaths.Models], storage.Environment);

    // One life: jobs are sent while its end draws near.
    private async Task LiveAsync(int jobs, CancellationToken cancellationToken)
    {
        await using var service = Start();
        var life = settings.LongestLife * _random.NextDouble();
        var plans = Enumerable.Range(0, jobs).Select(_ => (
            Id: $"j{_sent.Count + _random.Next(1 << 30):x8}-{_random.Next(1 << 16):x4}",
            Sample: _samples[_random.Next(_samples.Count)],
            OverHttp: _random.Next(2) == 0,
            After: life * _random.NextDouble())).ToList();
        var sending = Task.WhenAll(plans.Select(plan => SendAsync(service, plan.Id, plan.Sample, plan.OverHttp, plan.After, cancellationToken)));
        await Task.Delay(life, cancellationToken);
        _killsBeforeListening += service.Address.IsCompletedSuccessfully ? 0 : 1;
        await service.KillAsync();
        _sent.AddRange(await sending);
    }

    private async Task<SentJob> SendAsync(
        ServeProcess service, string id, SampleFiles sample, bool overHttp, TimeSpan after, CancellationToken cancellationToken)
    {
        await Task.Delay(after, cancellationToken);
        if (overHttp && service.Address.IsCompletedSuccessfully)
        {
            var accepted = await PostAsync(await service.Address, id, sample, cancellationToken);
            _sentOverHttp += accepted ? 1 : 0;
            return new SentJob(id, sample.Label, accepted);
        }

        // Half of them name what to wait for, the others start when it is quiet.
        var options = (id[^1] & 1) == 0
            ? $$"""{ "inputs": [{{string.Join(", ", sample.Files.Select(file => $"\"{file.Name}\""))}}] }"""
            : """{ "quietSeconds": 2 }""";
        await storage.UploadAsync($"{id}/job.json", Encoding.UTF8.GetBytes(options), cancellationToken);
        foreach (var (name, content) in sample.Files)
        {
            await storage.UploadAsync($"{id}/{name}", content, cancellationToken);
        }

        return new SentJob(id, sample.Label, true);
    }

    private async Task<bool> PostAsync(Uri address, string id, SampleFiles sample, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = address };
        try
        {
            using var form = sample.ToForm(id, $$"""{ "deadlineSeconds": {{settings.DeadlineSeconds}} }""");
            using var response = await client.PostAsync(new Uri("/api/jobs", UriKind.Relative), form, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<TimeSpan> RecoverAsync(CancellationToken cancellationToken)
    {
        var begun = Stopwatch.StartNew();
        await using var service = Start();
        var left = new Queue<SentJob>(_sent);
        var progress = Stopwatch.StartNew();
        while (left.Count > 0 && progress.Elapsed < settings.Patience)
        {
            await Task.Delay(LookPeriod, cancellationToken);
            for (var looks = Math.Min(LooksAtOnce, left.Count); looks > 0; looks--)
            {
                var job = left.Dequeue();
                var stored = await StoredOutcome.ReadAsync(storage.Blobs, job.Id, cancellationToken);
                if (!stored.IsDone && (job.Accepted || stored.Record is not null))
                {
                    left.Enqueue(job);
                }
                else
                {
                    progress.Restart();
                }
            }
        }

        var elapsed = begun.Elapsed;
        tell($"recovered in {elapsed:mm\\:ss}, {left.Count} jobs left");
        await service.SignalAsync("TERM");
        await service.WaitAsync(cancellationToken);
        return elapsed;
    }

    private async Task<KillReport> JudgeAsync(TimeSpan recovery, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var messages = await storage.ReadMessageIdsAsync(cancellationToken);
        var announced = messages.Distinct().ToLookup(id => id[..id.LastIndexOf('/')]);
        List<string> lost = [], open = [], wrong = [], misannounced = [];
        foreach (var job in _sent)
        {
            var stored = await StoredOutcome.ReadAsync(storage.Blobs, job.Id, cancellationToken);
            var expected = stored.Record is null ? [] : Enumerable.Range(1, stored.Record.Revision).Select(revision => IdOf(job.Id, revision));
            if (!stored.IsDone)
            {
                (stored.Record is not null ? open : job.Accepted ? lost : []).Add(job.Id);
            }
            else if (!announced[job.Id].Order().SequenceEqual(expected.Order()))
            {
                misannounced.Add($"{job.Id}: {string.Join(", ", announced[job.Id])}");
            }

            if (job.Accepted && stored.IsDone && (stored.Record!.Revision != 1 || stored.Label != job.Label))
            {
                wrong.Add($"{job.Id}: revision {stored.Record.Revision}, {stored.Label} for {job.Label}");
            }
        }

        return new KillReport
        {
            Storage = storage.Name,
            Kills = settings.Kills,
            KillsBeforeListening = _killsBeforeListening,
            AcceptedOverHttp = _sentOverHttp,
            AcceptedAsUploads = _sent.Count(job => job.Accepted) - _sentOverHttp,
            CutOff = _sent.Count(job => !job.Accepted),
            Lost = lost,
            Open = open,
            Wrong = wrong,
            Misannounced = misannounced,
            RepeatedMessages = messages.Count - messages.Distinct().Count(),
            Recovery = recovery,
            Elapsed = elapsed,
        };
    }

    private static string IdOf(string job, int revision) => string.Create(CultureInfo.InvariantCulture, $"{job}/{revision}");
}
