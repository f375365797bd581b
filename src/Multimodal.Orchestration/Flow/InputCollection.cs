using Multimodal.Orchestration.Activities;

namespace Multimodal.Orchestration.Flow;

/// <summary>The flow's first part: waits until a job's inputs are there, or its deadline is.</summary>
internal static class InputCollection
{
    // What a run's history holds of waiting; a three-modality job that waits this often keeps within 16 KB.
    private const int WaitsInOneHistory = 3;

    // Bounds how often the store is asked where a job's quiet period is very short.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    // Bounds what a lost event costs where a job has been waiting for long.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Collects.</summary>
    /// <returns>The inputs; null where the context was asked to go on as a new run.</returns>
    public static async Task<InputListing?> RunAsync(IOrchestrationContext context, RunJobRequest request)
    {
        var quiet = TimeSpan.FromSeconds(request.QuietSeconds);
        var wake = request.WakeAt ?? (request.Complete ? context.CurrentUtcTime : Earlier(context.CurrentUtcTime + quiet, request.Deadline));
        var looks = request.Looks;
        for (var waits = 0; ;)
        {
            while (context.CurrentUtcTime < wake)
            {
                var woken = await context.WaitForEventAsync(EventNames.InputsChanged, wake);
                waits++;

                // For known inputs an event is reason to look at once; for others it only says that it is not quiet yet.
                wake = !woken || IsKnown(request) ? context.CurrentUtcTime : Earlier(context.CurrentUtcTime + quiet, request.Deadline);

                // Right after a wait nothing else is under way, so that no event can be lost between the two histories.
                if (waits >= WaitsInOneHistory)
                {
                    context.ContinueAsNew(request with { WakeAt = wake, Looks = looks });
                    return null;
                }
            }

            var listing = await context.CallActivityAsync(JobActivities.ListInputs, new ListRequest(request.JobId, request.Revision));
            var now = context.CurrentUtcTime;

            // The newest upload's own time, since the event that told of it may have been lost.
            var quietSince = IsKnown(request) || listing.Newest is not { } newest ? now : newest + quiet;
            if ((listing.Awaited == 0 && quietSince <= now) || now >= request.Deadline)
            {
                return listing;
            }

            context.SetStatus(new JobProgress(JobStage.Collecting, listing.Ready, listing.Awaited));
            var next = listing.Awaited > 0 ? now + Pause(quiet, looks++) : quietSince;
            wake = Earlier(Later(next, now + ShortestWait), request.Deadline);
        }
    }

    // Which inputs the job has is known, so that it starts with the last of them and needs no quiet period.
    private static bool IsKnown(RunJobRequest request) => request.Named || request.Complete;

    // A quiet period at first; twice as long after each look in vain, since what has not come for long is not likely to come soon.
    private static TimeSpan Pause(TimeSpan quiet, int looks)
    {
        var first = Later(quiet, ShortestWait);
        return Later(first, Earlier(first * Math.Pow(2, Math.Min(looks, 10)), LongestPause));
    }

    private static T Earlier<T>(T a, T b)
        where T : IComparable<T> => a.CompareTo(b) < 0 ? a : b;

    private static T Later<T>(T a, T b)
        where T : IComparable<T> => a.CompareTo(b) > 0 ? a : b;
}
