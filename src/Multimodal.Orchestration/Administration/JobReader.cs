using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Administration;

/// <summary>Reads jobs for those who ask about them.</summary>
public sealed class JobReader(JobBlobs store, JobRecords records, InputStore inputs, IJobEngine engine)
{
    private const int ConcurrentReads = 16;

    /// <summary>A job as it stands.</summary>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    public async Task<JobSnapshot> ReadAsync(JobId job, CancellationToken cancellationToken)
    {
        var record = await records.GetAsync(job, cancellationToken);
        var result = await store.ReadJsonAsync(JobPaths.Result(job), PipelineJson.Default.JobResult, cancellationToken);
        return new JobSnapshot(
            record,
            record.State == JobState.Open ? await engine.FindProgressAsync(job, cancellationToken) : null,
            await ReadInputsAsync(record, cancellationToken),
            result?.Value);
    }

    private async Task<IReadOnlyList<InputSnapshot>> ReadInputsAsync(JobRecord record, CancellationToken cancellationToken)
    {
        var uploads = await inputs.ListUploadsAsync(record.JobId, cancellationToken)
            .ToDictionaryAsync(upload => upload.Name, upload => upload.Entry.ETag, StringComparer.Ordinal, cancellationToken: cancellationToken);
        string[] names = [.. uploads.Keys.Union(record.Options.Inputs ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var snapshots = new InputSnapshot[names.Length];
        await Parallel.ForAsync(
            0,
            names.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ConcurrentReads, CancellationToken = cancellationToken },
            async (i, token) => snapshots[i] = Describe(
                record, names[i], uploads.GetValueOrDefault(names[i]), await inputs.FindReceiptAsync(record.JobId, names[i], token)));
        return snapshots;
    }

    private static InputSnapshot Describe(JobRecord record, string name, string? eTag, InputReceipt? receipt)
    {
        // A receipt of another version, or for another pipeline, says nothing of what is stored now.
        var current = receipt is not null
            && receipt.Input.ETag == (eTag ?? InputIdentity.NotStored)
            && receipt.PipelineDigest == record.PipelineDigest ? receipt : null;
        return new InputSnapshot
        {
            Name = name,
            ETag = eTag,
            State = current?.State switch
            {
                InputState.Ready => InputProgress.Ready,
                InputState.Refused => InputProgress.Refused,
                InputState.Failed => InputProgress.Failed,
                _ => eTag is null ? InputProgress.Awaited : InputProgress.Pending,
            },
            Late = record.State == JobState.Closed && eTag is not null && !record.Inputs.Contains(new InputIdentity(name, eTag)),
            Modality = current?.Modality,
            Facts = current?.Facts,
            Error = current?.Error,
        };
    }
}
