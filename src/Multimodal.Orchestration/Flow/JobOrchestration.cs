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

    /// <summary>
    /// Runs a job to its end. Where the job was changed meanwhile, by a new <c>job.json</c> or because another revision was asked
    /// for, the run goes on with that: an engine that already runs the job drops a second start, and it must not be lost.
    /// </summary>
    /// <returns>What the run ends with; null where it asked its context to go on as a new one.</returns>
    public static async Task<JobSummary?> RunAsync(IOrchestrationContext context, RunJobRequest request)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(request);
        if (await InputCollection.RunAsync(context, request) is not { } listing)
        {
            return null;
        }

        context.SetStatus(new JobProgress(JobStage.Encoding, listing.Ready));
        var encoded = await Task.WhenAll(Chunks(request, listing).Select(chunk => EncodeAsync(context, chunk)));

        context.SetStatus(new JobProgress(JobStage.Fusing, listing.Ready));
        var fused = await context.CallActivityAsync(
            JobActivities.FuseAndExecute,
            new FuseRequest(request.JobId, request.Revision, request.StartedAt, listing.Reference, encoded));

        context.SetStatus(new JobProgress(JobStage.Publishing, listing.Ready));
        var published = await context.CallActivityAsync(
            JobActivities.PublishResult, new PublishRequest(request.JobId, request.Revision, request.StartedAt));
        if (published.Next is { } next)
        {
            context.ContinueAsNew(next);
            return null;
        }

        context.SetStatus(new JobProgress(JobStage.Closed, listing.Ready));
        return new JobSummary(request.JobId, request.Revision, fused.Status);
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
}
