using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Trials.Service;

/// <summary>What a storage holds of a job.</summary>
/// <param name="Record">Its record; null where there is none.</param>
/// <param name="Result">Its result; null where there is none.</param>
internal sealed record StoredOutcome(JobRecord? Record, JobResult? Result)
{
    /// <summary>Whether it was closed and has the result of its latest revision.</summary>
    public bool IsDone => Record is { State: JobState.Closed } record && Result?.Revision == record.Revision;

    /// <summary>The verdict; null where there is none.</summary>
    public string? Label => Result?.Outcomes.OfType<ScoredOutcome>().FirstOrDefault()?.Label;

    public static async Task<StoredOutcome> ReadAsync(IBlobStore blobs, string jobId, CancellationToken cancellationToken)
    {
        var job = JobId.Parse(jobId);
        var record = await blobs.ReadJsonAsync(JobPaths.Record(job), PipelineJson.Default.JobRecord, cancellationToken);
        var result = await blobs.ReadJsonAsync(JobPaths.Result(job), PipelineJson.Default.JobResult, cancellationToken);
        return new StoredOutcome(record?.Value, result?.Value);
    }
}
