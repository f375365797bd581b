using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Telemetry;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>
/// Takes in one upload: preprocesses it, stores features and receipt, puts what is bad aside. Repeated for the same
/// version it finds the receipt and does nothing, unless that says that processing failed.
/// </summary>
public sealed class UploadIntake(
    InputStore inputs, InputPreprocessor preprocessor, PipelineCatalog pipelines, TimeProvider time, ILogger<UploadIntake> logger)
{
    /// <summary>Takes in the current version of an upload.</summary>
    /// <returns>What became of it; null where the upload is gone.</returns>
    public async Task<InputReceipt?> TakeInAsync(JobRecord record, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        while (await inputs.FindUploadAsync(record.JobId, name, cancellationToken) is { } entry)
        {
            var input = new InputIdentity(name, entry.ETag);
            try
            {
                return await TakeInAsync(
                    record, input, () => preprocessor.ReadAsync(record.JobId, input, entry.Length, cancellationToken), cancellationToken);
            }
            catch (InputChangedException)
            {
                // Replaced while it was read: the new version is what counts.
            }
        }

        return null;
    }

    /// <summary>Takes in a version of an upload whose content is at hand.</summary>
    /// <returns>What became of it.</returns>
    public Task<InputReceipt> TakeInAsync(
        JobRecord record, InputIdentity input, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(input);
        return TakeInAsync(record, input, () => Task.FromResult(new InputContent(input.Name, content)), cancellationToken);
    }

    /// <summary>Refuses an input before it is stored.</summary>
    public async Task RefuseAsync(JobRecord record, string name, InputError error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(error);
        Log.InputRefused(logger, record.JobId, LoggedName.Of(record.JobId, name), error.Code);
        await inputs.QuarantineAsync(record.JobId, name, content: null, error, cancellationToken);
        var receipt = new InputReceipt
        {
            Input = new InputIdentity(name, InputIdentity.NotStored),
            State = InputState.Refused,
            PipelineDigest = record.PipelineDigest,
            Error = error,
        };
        await inputs.WriteReceiptAsync(record.JobId, receipt, cancellationToken);
    }

    private async Task<InputReceipt> TakeInAsync(
        JobRecord record, InputIdentity input, Func<Task<InputContent>> readAsync, CancellationToken cancellationToken) =>
        await inputs.FindReceiptAsync(record.JobId, input.Name, cancellationToken) is { } receipt
            && receipt.Input == input
            && receipt.State != InputState.Failed
            && receipt.PipelineDigest == record.PipelineDigest
                ? receipt
                : await JobTelemetry.RunAsync("preprocess", record.JobId, _ => ProcessAsync(record, input, readAsync, cancellationToken));

    private async Task<InputReceipt> ProcessAsync(
        JobRecord record, InputIdentity input, Func<Task<InputContent>> readAsync, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var receipt = new InputReceipt
        {
            Input = input,
            State = InputState.Ready,
            PipelineDigest = record.PipelineDigest,
            StartedAt = time.GetUtcNow(),
        };
        try
        {
            var features = await preprocessor.PreprocessAsync(
                record.JobId, input, await readAsync(), pipelines.Get(record.Pipeline), cancellationToken);
            receipt = receipt with { Modality = features.Modality, Facts = features.Facts };
        }
        catch (InputException e)
        {
            Log.InputRefused(logger, record.JobId, LoggedName.Of(record.JobId, input.Name), e.Error.Code);
            receipt = receipt with { State = InputState.Refused, Modality = e.Modality, Error = e.Error };
            await QuarantineAsync(record.JobId, input.Name, e.Error, cancellationToken);
        }

        receipt = receipt with { Milliseconds = time.GetElapsedTime(begun).TotalMilliseconds };
        await inputs.WriteReceiptAsync(record.JobId, receipt, cancellationToken);
        JobTelemetry.Count(receipt);
        return receipt;
    }

    private async Task QuarantineAsync(JobId job, string name, InputError error, CancellationToken cancellationToken)
    {
        // Too large to be read is too large to be kept a second time: the reason alone is kept.
        var content = error.Code == InputErrorCodes.TooLarge ? null : await inputs.ReadUploadAsync(job, name, cancellationToken);
        await inputs.QuarantineAsync(job, name, content?.Content, error, cancellationToken);
    }
}
