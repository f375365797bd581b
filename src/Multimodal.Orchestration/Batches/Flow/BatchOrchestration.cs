using Multimodal.Orchestration.Flow;

namespace Multimodal.Orchestration.Batches.Flow;

/// <summary>
/// The flow of a batch, once for every engine: look how it stands, take in a page, wait as long as the rate asks for; again and again, each
/// few rounds as a new run, so that no history grows with the batch. It keeps nothing but when to go on: the record is the truth, so a run
/// that is lost and begun anew goes on where the record says.
/// </summary>
public static class BatchOrchestration
{
    /// <summary>The orchestration's name with every engine.</summary>
    public const string Name = "RunBatch";

    /// <summary>How often a run looks, and takes in a page, before it goes on as a new one.</summary>
    public const int RoundsInOneHistory = 20;

    // After so many failures in a row what fails is told from what goes well.
    private const int FailuresBeforeLenience = 2;
    private const int LongestTrouble = 500;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>What an engine names the run of a batch; no job can be named so.</summary>
    public static string InstanceOf(string batch) => $"_batch.{batch}";

    /// <summary>Runs a batch to its end.</summary>
    /// <returns>What the run ends with; null where it asked its context to go on as a new one.</returns>
    public static async Task<BatchSummary?> RunAsync(IBatchContext context, RunBatchRequest request)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        for (var round = 0; round < RoundsInOneHistory; round++)
        {
            if (request.WakeAt is { } wake && context.CurrentUtcTime < wake)
            {
                // An event tells that the record was changed: by a pause, a stop, or a further start.
                await context.WaitForEventAsync(EventNames.BatchChanged, wake);
            }

            try
            {
                var look = await context.CallActivityAsync(BatchActivities.LookAtBatch, new LookRequest(request.Batch, request.Trouble));
                if (look.State is null or BatchState.Stopped or BatchState.Completed)
                {
                    return new BatchSummary(request.Batch, look.State);
                }

                request = await StepAsync(context, request, look);
            }
            catch (ActivityFailedException e)
            {
                // The store out of reach, for one. A batch of days is not given up for an hour of that.
                request = request with
                {
                    Failures = request.Failures + 1,
                    Trouble = e.Reason.Length > LongestTrouble ? e.Reason[..LongestTrouble] + "…" : e.Reason,
                    WakeAt = context.CurrentUtcTime + Doubled(ShortestWait, request.Failures, LongestPause),
                };
            }
        }

        context.ContinueAsNew(request);
        return null;
    }

    private static async Task<RunBatchRequest> StepAsync(IBatchContext context, RunBatchRequest request, BatchLook look)
    {
        var now = context.CurrentUtcTime;
        if (look.State == BatchState.Paused)
        {
            return request with { WakeAt = now + LongestPause, Idle = 0 };
        }

        if (look.Jobs == 0)
        {
            // At the limit of open jobs, or at the end of the listing: what is open decides.
            var idle = look.Closed > 0 ? 0 : request.Idle + 1;
            return request with { WakeAt = now + Doubled(ShortestWait, idle, LongestWait), Idle = idle };
        }

        if (request.NextPage is { } next && now < next)
        {
            return request with { WakeAt = next, Idle = 0 };
        }

        var page = await context.CallActivityAsync(
            BatchActivities.TakeInPage, new PageRequest(request.Batch, look.Jobs, request.Failures >= FailuresBeforeLenience));

        // Counted from when the page was due, so that what looks and pages take is part of the time; but what was missed for long is not
        // made up for.
        var due = request.NextPage is { } planned && now - planned < LongestLag ? planned : now;
        var nextPage = look.JobsPerSecond is { } rate ? due + TimeSpan.FromSeconds(page.Started / rate) : now;
        return request with { WakeAt = nextPage, NextPage = nextPage, Idle = 0, Failures = 0, Trouble = null };
    }

    private static TimeSpan Doubled(TimeSpan first, int times, TimeSpan longest)
    {
        var wait = first * Math.Pow(2, Math.Min(times, 20));
        return wait < longest ? wait : longest;
    }
}
