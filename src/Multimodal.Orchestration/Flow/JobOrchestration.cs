using Multimodal.Orchestration.Activities;

namespace Multimodal.Orchestration.Flow;

/// <summary>
/// The flow of a job, once for every engine: collect the inputs, encode each modality at once, fuse and execute, publish.
/// It learns its inputs from the store through an activity, never from events: an event only wakes it.
/// </summary>
public static class JobOrchestration
{
    /// <summary>The orchestration's name with every engine.</summary>
    public const string Name = "RunJob";

    /// <summary>How many inputs one encoder activity takes at the most.</summary>
    public const int ChunkSize = 64;

    // Bounds how often the store is asked where a job's quiet period is very short.
    private static readonly TimeSpan MinimumWait = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs a job to its end. Where the job was changed meanwhile, by a new <c>job.json</c> or because another revision was asked
    /// for, the run goes on with that: an engine that already runs the job drops a second start, and it must not be lost.
    /// </summary>
    public static async Task<JobSummary> RunAsync(IOrchestrationContext context, RunJobRequest request)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        while (true)
        {
            var (summary, next) = await RunRevisionAsync(context, request);
            if (next is null)
            {
                return summary;
            }

            request = next;
        }
    }

    private static async Task<(JobSummary Summary, RunJobRequest? Next)> RunRevisionAsync(IOrchestrationContext context, RunJobRequest request)
    {
        var listing = await CollectAsync(context, request);
        context.SetStatus(new JobProgress(JobStage.Encoding, listing.Ready));
        var encoded = await Task.WhenAll(Chunks(request, listing).Select(chunk => EncodeAsync(context, chunk)));

        context.SetStatus(new JobProgress(JobStage.Fusing, listing.Ready));
        var fused = await context.CallActivityAsync(
            JobActivities.FuseAndExecute,
            new FuseRequest(request.JobId, request.Revision, request.StartedAt, listing.Reference, encoded));

        context.SetStatus(new JobProgress(JobStage.Publishing, listing.Ready));
        var published = await context.CallActivityAsync(
            JobActivities.PublishResult, new PublishRequest(request.JobId, request.Revision, request.StartedAt));
        if (published.Next is null)
        {
            context.SetStatus(new JobProgress(JobStage.Closed, listing.Ready));
        }

        return (new JobSummary(request.JobId, request.Revision, fused.Status), published.Next);
    }

    private static async Task<InputListing> CollectAsync(IOrchestrationContext context, RunJobRequest request)
    {
        var quiet = TimeSpan.FromSeconds(request.QuietSeconds);
        var wake = request.Complete ? context.CurrentUtcTime : Earlier(context.CurrentUtcTime + quiet, request.Deadline);
        while (true)
        {
            await WaitAsync(context, request, quiet, wake);
            var listing = await context.CallActivityAsync(
                JobActivities.ListInputs, new ListRequest(request.JobId, request.Revision));
            var now = context.CurrentUtcTime;

            // The newest upload's own time, since the event that told of it may have been lost.
            var quietSince = IsKnown(request) || listing.Newest is not { } newest ? now : newest + quiet;
            if ((listing.Awaited == 0 && quietSince <= now) || now >= request.Deadline)
            {
                return listing;
            }

            context.SetStatus(new JobProgress(JobStage.Collecting, listing.Ready, listing.Awaited));
            var next = listing.Awaited > 0 ? now + quiet : quietSince;
            wake = Earlier(Later(next, now + MinimumWait), request.Deadline);
        }
    }

    // Which inputs the job has is known, so that it starts with the last of them and needs no quiet period.
    private static bool IsKnown(RunJobRequest request) => request.Named || request.Complete;

    // For known inputs an event is reason to look at once; for others it only says that it is not quiet yet.
    private static async Task WaitAsync(IOrchestrationContext context, RunJobRequest request, TimeSpan quiet, DateTimeOffset wake)
    {
        while (context.CurrentUtcTime < wake && await context.WaitForEventAsync(EventNames.InputsChanged, wake))
        {
            if (IsKnown(request))
            {
                return;
            }

            wake = Earlier(context.CurrentUtcTime + quiet, request.Deadline);
        }
    }

    private static IEnumerable<EncodeRequest> Chunks(RunJobRequest request, InputListing listing) =>
        from count in listing.Modalities
        from offset in Enumerable.Range(0, (count.Ready + ChunkSize - 1) / ChunkSize).Select(i => i * ChunkSize)
        select new EncodeRequest(
            request.JobId, request.Revision, listing.Reference, count.Modality, offset, Math.Min(ChunkSize, count.Ready - offset));

    private static async Task<EncodeReport> EncodeAsync(IOrchestrationContext context, EncodeRequest request)
    {
        try
        {
            return await context.CallActivityAsync(JobActivities.Encode(request.Modality), request);
        }
        catch (ActivityFailedException e)
        {
            // One encoder's trouble leaves out its modality; the job goes on with the others.
            return EncodeReport.OfFailure(request.Modality, e.Reason);
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
