using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Orchestration.Batches.Taking;

/// <summary>
/// Takes in the next page of a batch: lists it, makes its jobs side by side, and then notes place and counts in one write. A page that is
/// done twice, by a crash or by two workers, finds its jobs made and is counted once.
/// </summary>
public sealed class TakeInPageActivity
{
    private const int AtOnce = 32;
    private readonly BatchRecords _records;
    private readonly BatchPageReader _reader;
    private readonly Func<BatchJobs> _jobs;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal TakeInPageActivity(
        BatchRecords records, BatchPageReader reader, Func<BatchJobs> jobs, TimeProvider time, ILogger<TakeInPageActivity> logger) =>
        (_records, _reader, _jobs, _time, _logger) = (records, reader, jobs, time, logger);

    /// <summary>Takes a page in, unless the batch is no longer to take anything in.</summary>
    public async Task<PageReport> RunAsync(PageRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (await _records.FindAsync(request.Batch, cancellationToken) is not { State: BatchState.Running, Listed: false } batch)
        {
            return new PageReport(0, 0, 0, true);
        }

        var page = await _reader.ReadAsync(batch, request.Jobs, cancellationToken);
        var taken = new ConcurrentBag<TakenGroup>();
        var jobs = _jobs();
        await Parallel.ForEachAsync(
            page.Groups,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (group, token) => taken.Add(await TryTakeInAsync(jobs, batch, group, token)));
        var settled = Settle(taken, request.Lenient);
        await NoteAsync(batch, page, settled, cancellationToken);
        var report = new PageReport(
            settled.Count(group => group.Started is not null), settled.Count(group => group == TakenGroup.Skipped), settled.Sum(group => group.Refusals.Count), page.IsLast);
        Log.PageTakenIn(_logger, batch.Id, report.Started, report.Skipped, report.Refused);
        return report;
    }

    private async Task<TakenGroup> TryTakeInAsync(BatchJobs jobs, BatchRecord batch, BatchGroup group, CancellationToken cancellationToken)
    {
        try
        {
            return await jobs.TakeInAsync(batch, group, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException and not PipelineException)
        {
            // The others of the page first: each that is done need not be done again.
            Log.GroupFailed(_logger, LoggedException.Of(e), batch.Id, LoggedName.Of(group.Name));
            return new TakenGroup(null, [new BatchRefusal(group.Name, BatchCodes.Failed, $"It could not be taken in, though it was tried again and again: {e.Message}")], e);
        }
    }

    // Where all of them failed it is no fault of theirs.
    private static IReadOnlyList<TakenGroup> Settle(ConcurrentBag<TakenGroup> taken, bool lenient) =>
        taken.FirstOrDefault(group => group.Failure is not null) is { Failure: { } failure } && (!lenient || taken.All(group => group.Failure is not null))
            ? throw new BatchPageException(failure)
            : [.. taken];

    private async Task NoteAsync(BatchRecord batch, BatchPage page, IReadOnlyList<TakenGroup> taken, CancellationToken cancellationToken)
    {
        var prefix = BatchIds.PrefixOf(batch.Id).Length;
        string[] started = [.. taken.Select(group => group.Started?.Value[prefix..]).OfType<string>().Order(StringComparer.Ordinal)];
        BatchRefusal[] refusals = [.. taken.SelectMany(group => group.Refusals).OrderBy(refusal => refusal.Name, StringComparer.Ordinal)];
        await _records.UpdateAsync(
            batch.Id,
            current => current.Run != batch.Run || current.Cursor != batch.Cursor || current.Listed ? current : current with
            {
                Cursor = page.Next,
                Listed = page.IsLast,
                Trouble = null,
                Open = [.. current.Open, .. started],
                Refusals = [.. current.Refusals.Concat(refusals).Take(BatchRecord.MostRefusals)],
                Counts = current.Counts with
                {
                    Listed = current.Counts.Listed + page.Listed,
                    Started = current.Counts.Started + started.Length,
                    Skipped = current.Counts.Skipped + taken.Count(group => group == TakenGroup.Skipped),
                    Refused = current.Counts.Refused + refusals.Length,
                },
                Samples = current.Samples.Count == 0 ? [new BatchSample(_time.GetUtcNow(), 0, 0)] : current.Samples,
            },
            cancellationToken);
    }
}
