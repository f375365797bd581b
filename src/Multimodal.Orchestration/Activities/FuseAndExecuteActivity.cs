using System.Text.Json;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Activities;

/// <summary>Pools and fuses the embeddings, executes the tasks, and stores the result that is to be published.</summary>
public sealed class FuseAndExecuteActivity(
    JobBlobs store, JobRecords records, EmbeddingStore embeddings, PipelineCatalog pipelines, ITextMask mask, TimeProvider time)
{
    /// <summary>Makes a job's result.</summary>
    public async Task<FuseReport> RunAsync(FuseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Encoded.FirstOrDefault(report => report.MissingKey is not null) is { } waiting)
        {
            // No result without what only waits for its key: the job stays open, and is resumed.
            throw new BlobKeyException(waiting.MissingKey!, $"was not at hand for {waiting.Modality.ToName()} inputs", "See the host's log for what to do.");
        }

        var record = await records.GetAsync(request.JobId, cancellationToken);
        var pipeline = pipelines.GetPinned(record);
        var listing = await store.ReadListingAsync(request.JobId, request.Listing, cancellationToken);
        var encoded = new List<EncodedInput>(listing.Receipts.Count);
        foreach (var receipt in listing.Receipts)
        {
            encoded.Add(await ReadAsync(request, receipt, pipeline, cancellationToken));
        }

        var composed = await new ResultComposer(record, pipeline, time).ComposeAsync(encoded, listing.Awaited, request.Encoded, cancellationToken);
        await store.WriteAsync(
            JobPaths.DraftEmbeddings(request.JobId, request.Revision, request.StartedAt), composed.Embeddings, WriteCondition.None, cancellationToken);
        await store.WriteAsync(
            JobPaths.Draft(request.JobId, request.Revision, request.StartedAt),
            JsonSerializer.SerializeToUtf8Bytes(new ResultMasking(mask, record.Options.Labels).Apply(composed.Result), PipelineJson.Default.JobResult),
            WriteCondition.None,
            cancellationToken);
        return new FuseReport(composed.Result.Status);
    }

    private async Task<EncodedInput> ReadAsync(
        FuseRequest request, InputReceipt receipt, LoadedPipeline pipeline, CancellationToken cancellationToken)
    {
        if (receipt.State != InputState.Ready || receipt.Modality is null)
        {
            return new EncodedInput(receipt, null, receipt.Error);
        }

        return await embeddings.ReadAsync(request.JobId, receipt.Input, pipeline.Digest, cancellationToken) is { } stored
            ? new EncodedInput(receipt, stored.Embedding, null) { Transcript = stored.Transcript }
            : new EncodedInput(
                receipt,
                null,
                await embeddings.FindErrorAsync(request.JobId, receipt.Input, pipeline.Digest, cancellationToken)
                    ?? NotEncoded(receipt));
    }

    private static InputError NotEncoded(InputReceipt receipt) => new(
        InputErrorCodes.EncodingFailed,
        $"'{receipt.Input.Name}' was not encoded, because its encoder failed.",
        "Run the job again once the encoder works.");
}
