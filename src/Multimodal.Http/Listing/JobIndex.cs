using System.Collections.Concurrent;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Http.Listing;

/// <summary>
/// The newest jobs, held in memory. Whoever asks gets it as the store is: the names and versions of the records are listed, and only
/// those records are read that are of another version than before. So a page costs one listing of names and what has changed, and
/// several hosts may write to the store.
/// </summary>
internal sealed class JobIndex(IBlobStore store, JobRecords records, HttpLimits limits, TimeProvider time) : IDisposable
{
    private const int ConcurrentReads = 16;

    // Those who ask at the same time, or on each key of a search, share a listing.
    private static readonly TimeSpan Freshness = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly ConcurrentDictionary<JobId, (string ETag, JobListEntry Entry)> _jobs = new();
    private IReadOnlyList<JobListEntry> _sorted = [];
    private volatile bool _stale = true;

    // What is at work ends at any moment, and whoever saw it end asks.
    private bool _open;
    private long _refreshed;

    /// <summary>The newest <see cref="HttpLimits.MaximumListedJobs"/> jobs, the newest first.</summary>
    public async Task<IReadOnlyList<JobListEntry>> ReadAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_stale || _open || time.GetElapsedTime(_refreshed) > Freshness)
            {
                (_stale, _refreshed) = (false, time.GetTimestamp());
                try
                {
                    await RefreshAsync(cancellationToken);
                }
                catch
                {
                    _stale = true;
                    throw;
                }
            }

            return _sorted;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The next who asks gets what is there then.</summary>
    public void Invalidate() => _stale = true;

    /// <summary>Takes a job off the list at once.</summary>
    public void Forget(JobId job)
    {
        _jobs.TryRemove(job, out _);
        _sorted = [.. _sorted.Where(entry => entry.JobId != job)];
    }

    public void Dispose() => _turn.Dispose();

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var listed = await ListAsync(cancellationToken);
        foreach (var job in _jobs.Keys.Where(job => !listed.ContainsKey(job)))
        {
            _jobs.TryRemove(job, out _);
        }

        var changed = listed.Where(pair => !_jobs.TryGetValue(pair.Key, out var known) || known.ETag != pair.Value);
        await Parallel.ForEachAsync(
            changed,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (pair, token) =>
            {
                if (await FindEntryAsync(pair.Key, token) is { } entry)
                {
                    _jobs[pair.Key] = (pair.Value, entry);
                }
                else
                {
                    _jobs.TryRemove(pair.Key, out _);
                }
            });
        _sorted =
        [
            .. _jobs.Values.Select(job => job.Entry)
                .OrderByDescending(job => job.StartedAt.UtcTicks)
                .ThenBy(job => job.JobId.Value, StringComparer.Ordinal),
        ];
        _open = _sorted.Any(job => job.State == JobState.Open);
    }

    // Beside the records lies what the stages hand on, in folders of the jobs' names.
    private async Task<Dictionary<JobId, string>> ListAsync(CancellationToken cancellationToken)
    {
        var newest = new PriorityQueue<(JobId Job, string ETag), DateTimeOffset>();
        await foreach (var blob in store.ListAsync(Containers.Jobs, "", cancellationToken))
        {
            if (!blob.Path.Name.Contains('/', StringComparison.Ordinal) && JobPaths.TryGetJob(blob.Path, out var job))
            {
                newest.Enqueue((job, blob.ETag), blob.LastModified);
                if (newest.Count > limits.MaximumListedJobs)
                {
                    newest.Dequeue();
                }
            }
        }

        return newest.UnorderedItems.ToDictionary(item => item.Element.Job, item => item.Element.ETag);
    }

    private async Task<JobListEntry?> FindEntryAsync(JobId job, CancellationToken cancellationToken)
    {
        if (await records.FindAsync(job, cancellationToken) is not { } record)
        {
            return null;
        }

        var result = await store.ReadJsonAsync(JobPaths.Result(job), PipelineJson.Default.JobResult, cancellationToken);
        return new JobListEntry
        {
            JobId = job,
            Revision = record.Revision,
            State = record.State,
            Outcome = record.Outcome,
            Pipeline = record.Pipeline,
            StartedAt = record.StartedAt,
            ClosedAt = record.ClosedAt,
            Inputs = record.State == JobState.Closed ? [.. record.Inputs.Select(input => input.Name)] : record.Options.Inputs ?? [],
            Verdicts =
            [
                .. (result?.Value.Outcomes ?? []).OfType<ScoredOutcome>()
                    .Select(verdict => new ListedVerdict(verdict.Task, verdict.Label, verdict.Confidence)),
            ],
        };
    }
}
