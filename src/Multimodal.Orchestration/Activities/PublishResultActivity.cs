using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Telemetry;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Orchestration.Activities;

/// <summary>
/// Publishes a result: the record sealed, then embeddings, then index, then result, then message, then the record closed. Repeated
/// after a crash at any point, it leaves one result, and messages of one id.
/// </summary>
public sealed class PublishResultActivity(
    JobBlobs store,
    JobRecords records,
    JobIndex index,
    IResultPublisher publisher,
    HostSettings settings,
    TimeProvider time,
    ILogger<PublishResultActivity> logger)
{
    /// <summary>Publishes, unless the job asks for something else by now: then that is what it gives back.</summary>
    public async Task<PublishReport> RunAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (job, revision) = (request.JobId, request.Revision);

        // Sealed first: from then on nobody changes what this revision is, only what the next one is to be.
        var record = await records.UpdateAsync(
            job, current => IsOf(current, request) && !current.Sealed ? current with { Sealed = true } : current, cancellationToken);
        if (IsOf(record, request))
        {
            var (result, _) = await store.ReadJsonAsync(JobPaths.Draft(job, revision, request.StartedAt), PipelineJson.Default.JobResult, cancellationToken)
                ?? throw new InvalidOperationException($"The draft of revision {revision} of the job '{job}' is gone.");
            await PublishEmbeddingsAsync(request, result, cancellationToken);
            await StoreResultAsync(result, cancellationToken);
            await publisher.PublishAsync(ResultMessages.Create(result, settings.VerdictsInMessages), cancellationToken);
            record = await records.UpdateAsync(job, current => IsOf(current, request) ? Close(current, result) : current, cancellationToken);
            JobTelemetry.Count(result.Status, record.Pipeline);
            Log.JobClosed(logger, job, revision, result.Status);
        }

        await store.DeleteAsync(JobPaths.Draft(job, revision, request.StartedAt), cancellationToken);
        await store.DeleteAsync(JobPaths.DraftEmbeddings(job, revision, request.StartedAt), cancellationToken);
        return new PublishReport(
            ResultMessages.IdOf(job, revision),
            record.State == JobState.Open ? JobStarter.CreateRequest(record, complete: false) : null);
    }

    // The same revision may have been given other options since; then this run's result is not the one that is asked for.
    private static bool IsOf(JobRecord record, PublishRequest request) =>
        record.State == JobState.Open && record.Revision == request.Revision && record.StartedAt == request.StartedAt;

    private async Task PublishEmbeddingsAsync(PublishRequest request, JobResult result, CancellationToken cancellationToken)
    {
        var draft = JobPaths.DraftEmbeddings(request.JobId, request.Revision, request.StartedAt);
        if (await store.ReadAsync(draft, cancellationToken) is { } embeddings)
        {
            await store.WriteAsync(JobPaths.ResultEmbeddings(request.JobId), embeddings.Content, WriteCondition.None, cancellationToken);
            await IndexAsync(result, embeddings.Content, cancellationToken);
        }
    }

    // A job is done even where an index is damaged: it can be run again once that is mended.
    private async Task IndexAsync(JobResult result, ReadOnlyMemory<byte> embeddings, CancellationToken cancellationToken)
    {
        try
        {
            await index.PublishAsync(result, Safetensors.Read(embeddings), cancellationToken);
        }
        catch (IndexDamagedException e)
        {
            Log.NotIndexed(logger, LoggedException.Of(e), result.JobId);
        }
    }

    // A straggler of an older revision must not write over a newer result.
    private async Task StoreResultAsync(JobResult result, CancellationToken cancellationToken)
    {
        var path = JobPaths.Result(result.JobId);
        while (true)
        {
            var stored = await store.ReadJsonAsync(path, PipelineJson.Default.JobResult, cancellationToken);
            if (stored?.Value.Revision >= result.Revision)
            {
                return;
            }

            var condition = stored is null ? WriteCondition.IfAbsent : WriteCondition.IfMatch(stored.Value.ETag);
            if (await store.WriteJsonAsync(path, result, PipelineJson.Default.JobResult, condition, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    private JobRecord Close(JobRecord current, JobResult result) => current with
    {
        State = JobState.Closed,
        ClosedAt = time.GetUtcNow(),
        Outcome = result.Status,
        Inputs = [.. result.Inputs.Select(input => new InputIdentity(input.Name, input.ETag))],
    };
}
