using Microsoft.Extensions.Logging;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Activities;

/// <summary>
/// Publishes a result: embeddings, then result, then message, then the record closed. Repeated after a crash at any
/// point, it leaves one result, and messages of one id.
/// </summary>
public sealed class PublishResultActivity(
    IBlobStore store, JobRecords records, IResultPublisher publisher, TimeProvider time, ILogger<PublishResultActivity> logger)
{
    /// <summary>Publishes.</summary>
    public async Task<PublishReport> RunAsync(PublishRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (job, revision) = (request.JobId, request.Revision);
        var messageId = ResultMessages.IdOf(job, revision);
        var record = await records.GetAsync(job, cancellationToken);
        if (record.Revision > revision || (record.Revision == revision && record.State == JobState.Closed))
        {
            return new PublishReport(messageId);
        }

        var (result, _) = await store.ReadJsonAsync(JobPaths.Draft(job, revision), PipelineJson.Default.JobResult, cancellationToken)
            ?? throw new InvalidOperationException($"The draft of revision {revision} of the job '{job}' is gone.");
        await CopyEmbeddingsAsync(job, revision, cancellationToken);
        await StoreResultAsync(result, cancellationToken);
        await publisher.PublishAsync(ResultMessages.Create(result), cancellationToken);
        await records.UpdateAsync(job, current => Close(current, result), cancellationToken);
        Log.JobClosed(logger, job, revision, result.Status);
        await store.DeleteAsync(JobPaths.Draft(job, revision), cancellationToken);
        await store.DeleteAsync(JobPaths.DraftEmbeddings(job, revision), cancellationToken);
        return new PublishReport(messageId);
    }

    private async Task CopyEmbeddingsAsync(JobId job, int revision, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(JobPaths.DraftEmbeddings(job, revision), cancellationToken) is { } draft)
        {
            await store.WriteAsync(JobPaths.ResultEmbeddings(job), draft.Content, WriteCondition.None, cancellationToken);
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

    private JobRecord Close(JobRecord current, JobResult result) =>
        current.Revision != result.Revision || current.State == JobState.Closed
            ? current
            : current with
            {
                State = JobState.Closed,
                ClosedAt = time.GetUtcNow(),
                Outcome = result.Status,
                Inputs = [.. result.Inputs.Select(input => new InputIdentity(input.Name, input.ETag))],
            };
}
