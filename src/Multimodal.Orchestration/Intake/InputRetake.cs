using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>Takes a job's inputs in again where what is known of them is stale: of another version, another pipeline, or a failure.</summary>
public sealed class InputRetake(InputStore inputs, UploadIntake intake)
{
    private const int AtOnce = 4;

    /// <summary>Takes every upload in that has no current receipt.</summary>
    public Task RetakeAllAsync(JobRecord record, CancellationToken cancellationToken) =>
        RetakeAsync(record, _ => true, cancellationToken);

    /// <summary>
    /// Takes those uploads in again that were taken in under another pipeline. The others are left: events of their own tell of them.
    /// </summary>
    public Task RetakeOfOtherPipelinesAsync(JobRecord record, CancellationToken cancellationToken) =>
        RetakeAsync(record, receipt => receipt is not null && receipt.PipelineDigest != record.PipelineDigest, cancellationToken);

    private async Task RetakeAsync(JobRecord record, Func<InputReceipt?, bool> isWanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var uploads = await inputs.ListUploadsAsync(record.JobId, cancellationToken)
            .Select(upload => upload.Name).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        await Parallel.ForEachAsync(
            uploads.Union(record.Options.Inputs ?? [], StringComparer.Ordinal),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (name, token) =>
            {
                var receipt = await inputs.FindReceiptAsync(record.JobId, name, token);
                if (!uploads.Contains(name))
                {
                    await KeepRefusalAsync(record, receipt, token);
                }
                else if (isWanted(receipt))
                {
                    await intake.TakeInAsync(record, name, token);
                }
            });
    }

    // What was refused before it was stored is refused whatever the pipeline; else the job would wait for it in vain.
    private async Task KeepRefusalAsync(JobRecord record, InputReceipt? receipt, CancellationToken cancellationToken)
    {
        if (receipt is not null && receipt.Input.ETag == InputIdentity.NotStored && receipt.PipelineDigest != record.PipelineDigest)
        {
            await inputs.WriteReceiptAsync(record.JobId, receipt with { PipelineDigest = record.PipelineDigest }, cancellationToken);
        }
    }
}
