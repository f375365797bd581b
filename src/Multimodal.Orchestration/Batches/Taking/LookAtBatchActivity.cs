using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Batches.Taking;

/// <summary>
/// Looks how a batch stands. Which of its jobs are open the marks of open revisions tell, in one listing; only the records of those that
/// were closed since the last look are read, once each, and a few of those that are open for long.
/// </summary>
public sealed class LookAtBatchActivity(
    IBlobStore store, BatchRecords records, JobRecords jobs, TimeProvider time, ILogger<LookAtBatchActivity> logger)
{
    /// <summary>The most jobs of a page: few enough that a page is done in seconds.</summary>
    public const int LargestPage = 250;

    // A page of so many seconds of the rate, so that a low rate is kept evenly.
    private const double SecondsOfAPage = 5;
    private const int ConcurrentReads = 32;
    private const int MostSamples = 13;
    private const int MostDoubtful = 32;
    private static readonly TimeSpan Doubtful = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromSeconds(10);

    /// <summary>Looks, and notes in the record what is new.</summary>
    public async Task<BatchLook> RunAsync(LookRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await records.FindAsync(request.Batch, cancellationToken) is not { } batch)
        {
            return new BatchLook(null);
        }

        if (batch.HasEnded)
        {
            return new BatchLook(batch.State);
        }

        var closed = await FindClosedAsync(batch, cancellationToken);
        batch = await records.UpdateAsync(batch.Id, current => Note(current, batch.Run, closed, request.Trouble), cancellationToken);
        if (batch.State == BatchState.Completed)
        {
            Log.BatchCompleted(logger, batch.Id, batch.Counts.Started, batch.Counts.Refused);
        }

        return new BatchLook(batch.State, JobsOfPage(batch), closed.Count, batch.Specification.JobsPerSecond);
    }

    private async Task<IReadOnlyDictionary<string, JobOutcomeStatus?>> FindClosedAsync(BatchRecord batch, CancellationToken cancellationToken)
    {
        var closed = new ConcurrentDictionary<string, JobOutcomeStatus?>(StringComparer.Ordinal);
        if (batch.Open.Count == 0)
        {
            return closed;
        }

        var prefix = BatchIds.PrefixOf(batch.Id);
        var open = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var mark in store.ListAsync(Containers.Open, prefix, cancellationToken))
        {
            if (JobPaths.TryGetOpenRevision(mark.Path, out var job, out _))
            {
                open[job.Value[prefix.Length..]] = mark.LastModified;
            }
        }

        // A process that died right after it closed a job leaves the mark. Such marks become the oldest, so a few of those are enough.
        var before = time.GetUtcNow() - Doubtful;
        var doubtful = batch.Open.Where(job => open.TryGetValue(job, out var since) && since < before).OrderBy(job => open[job]).Take(MostDoubtful);
        await Parallel.ForEachAsync(
            batch.Open.Where(job => !open.ContainsKey(job)).Concat(doubtful),
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (job, token) =>
            {
                var record = await jobs.FindAsync(JobId.Parse(prefix + job), token);
                if (record is not { State: JobState.Open })
                {
                    closed[job] = record?.Outcome;
                }
            });
        return closed;
    }

    private BatchRecord Note(BatchRecord current, string run, IReadOnlyDictionary<string, JobOutcomeStatus?> closed, string? trouble)
    {
        if (current.HasEnded || current.Run != run)
        {
            return current;
        }

        var counts = current.Counts;
        foreach (var job in current.Open)
        {
            if (closed.TryGetValue(job, out var outcome))
            {
                counts = outcome switch
                {
                    JobOutcomeStatus.Succeeded => counts with { Succeeded = counts.Succeeded + 1 },
                    JobOutcomeStatus.Partial => counts with { Partial = counts.Partial + 1 },
                    JobOutcomeStatus.Failed => counts with { Failed = counts.Failed + 1 },
                    _ => counts with { Erased = counts.Erased + 1 },
                };
            }
        }

        string[] open = closed.Count == 0 ? [] : [.. current.Open.Where(job => !closed.ContainsKey(job))];
        var (now, left) = (time.GetUtcNow(), closed.Count == 0 ? current.Open : open);
        if (current.Listed && left.Count == 0)
        {
            return current with { State = BatchState.Completed, EndedAt = now, Open = [], Counts = counts, Trouble = null };
        }

        var samples = current.State == BatchState.Running && (current.Samples.Count == 0 || now - current.Samples[^1].At >= SamplePeriod)
            ? [.. current.Samples.TakeLast(MostSamples - 1), new BatchSample(now, counts.Started, counts.Ended)]
            : current.Samples;
        return closed.Count == 0 && ReferenceEquals(samples, current.Samples) && trouble == current.Trouble
            ? current
            : current with { Open = left, Counts = counts, Samples = samples, Trouble = trouble };
    }

    // At the limit of open jobs it is waited for room for some, so that pages do not become tiny.
    private static int JobsOfPage(BatchRecord batch)
    {
        if (batch.State != BatchState.Running || batch.Listed)
        {
            return 0;
        }

        var wanted = LargestPage;
        if (batch.Specification.JobsPerSecond is { } rate && rate * SecondsOfAPage < wanted)
        {
            wanted = Math.Max(1, (int)(rate * SecondsOfAPage));
        }

        var most = batch.Specification.MaximumOpenJobs;
        var room = most - batch.Open.Count;
        return room >= Math.Min(wanted, Math.Max(1, most / 10)) ? Math.Min(wanted, room) : 0;
    }
}
