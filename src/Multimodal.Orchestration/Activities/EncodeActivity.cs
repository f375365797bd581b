using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Activities;

/// <summary>Turns the features of inputs of one modality into embeddings and stores them. What is stored already is left.</summary>
public sealed class EncodeActivity(
    JobBlobs store,
    JobRecords records,
    FeatureStore features,
    EmbeddingStore embeddings,
    InputPreprocessor preprocessor,
    PipelineCatalog pipelines,
    TimeProvider time,
    ILogger<EncodeActivity> logger)
{
    /// <summary>Encodes. A model that does not fit its pipeline comes back as data, since another attempt would change nothing.</summary>
    public async Task<EncodeReport> RunAsync(EncodeRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (startedAt, begun) = (time.GetUtcNow(), time.GetTimestamp());
        try
        {
            var (failed, encoding) = await EncodeAsync(request, cancellationToken);
            return new EncodeReport(
                request.Modality, request.Count - failed, failed, time.GetElapsedTime(begun).TotalMilliseconds, StartedAt: startedAt, Encoding: encoding);
        }
        catch (PipelineException e)
        {
            return EncodeReport.OfFailure(request.Modality, e.Message);
        }
        catch (BlobKeyException e)
        {
            // As data, so that the stage that fuses tells it from an encoder's trouble, which would leave out the modality.
            return EncodeReport.OfFailure(request.Modality, e.Message) with { MissingKey = e.KeyId };
        }
    }

    private async Task<(int Failed, EncodingReport? Encoding)> EncodeAsync(EncodeRequest request, CancellationToken cancellationToken)
    {
        var record = await records.GetAsync(request.JobId, cancellationToken);
        var pipeline = pipelines.GetPinned(record);
        var listing = await store.ReadListingAsync(request.JobId, request.Listing, cancellationToken);
        var pending = new List<(InputIdentity Input, Features Features)>();
        var failed = 0;
        foreach (var receipt in listing.ReadyOf(request.Modality).Skip(request.Offset).Take(request.Count))
        {
            if (await embeddings.FindAsync(request.JobId, receipt.Input, pipeline.Digest, cancellationToken) is not null)
            {
                continue;
            }

            if (await LoadFeaturesAsync(request.JobId, receipt, pipeline, cancellationToken) is { } found)
            {
                pending.Add((receipt.Input, found));
            }
            else
            {
                failed++;
            }
        }

        if (pending.Count == 0)
        {
            return (failed, null);
        }

        var (refused, encoding) = await EncodeAsync(request, record.Options.Priority, pipeline, pending, cancellationToken);
        return (failed + refused, encoding);
    }

    // Features may have been deleted by retention while their upload is still there.
    private async Task<Features?> LoadFeaturesAsync(
        JobId job, InputReceipt receipt, LoadedPipeline pipeline, CancellationToken cancellationToken)
    {
        if (await features.FindAsync(job, receipt.Input, pipeline.Digest, cancellationToken) is { } stored)
        {
            return stored;
        }

        try
        {
            return await preprocessor.PreprocessAsync(job, receipt.Input, pipeline, cancellationToken);
        }
        catch (InputException e)
        {
            await embeddings.WriteErrorAsync(job, receipt.Input, pipeline.Digest, e.Error, cancellationToken);
            return null;
        }
    }

    private async Task<(int Failed, EncodingReport Encoding)> EncodeAsync(
        EncodeRequest request,
        RequestPriority priority,
        LoadedPipeline pipeline,
        List<(InputIdentity Input, Features Features)> pending,
        CancellationToken cancellationToken)
    {
        var isCold = !pipeline.IsEncoderOpen(request.Modality);
        var encoder = pipeline.Encoder(request.Modality);

        // Each on its own, so that one that cannot be encoded leaves the others be; the encoder gathers them to batches again.
        var encodings = await Task.WhenAll(pending.Select(item => InputEncoding.RunAsync(encoder, item.Input, item.Features, priority, cancellationToken)));
        if (encodings.FirstOrDefault()?.Refusal is { } refusal && encodings.All(encoding => encoding.Refusal is not null))
        {
            // No input's fault: the model does not fit its pipeline, or this machine at this time, which another attempt may find better.
            throw refusal is PipelineException ? new PipelineException(refusal.Message, refusal) : new EncoderExhaustedException(request.Modality.ToName(), refusal);
        }

        var failed = 0;
        foreach (var encoding in encodings)
        {
            failed += await StoreAsync(request, pipeline, encoding, cancellationToken) ? 0 : 1;
        }

        var opening = isCold ? encoder.GetService(typeof(EncoderOpening), null) as EncoderOpening : null;
        return (failed, new EncodingReport(
            encodings.Max(encoding => encoding.Ledger?.Waited.TotalMilliseconds ?? 0),
            encodings.Sum(encoding => encoding.Ledger?.Computed.TotalMilliseconds ?? 0),
            encodings.Max(encoding => encoding.Ledger?.LargestBatch ?? 0),
            opening?.Load.TotalMilliseconds,
            opening?.WarmUp?.TotalMilliseconds));
    }

    private async Task<bool> StoreAsync(EncodeRequest request, LoadedPipeline pipeline, InputEncoding encoding, CancellationToken cancellationToken)
    {
        var error = encoding.Error ?? (encoding.Refusal is { } refusal ? Refused(encoding.Input, request.Modality, refusal)
            : encoding.Vector.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue) ? NotFinite(encoding.Input, request.Modality)
            : null);
        if (error is null)
        {
            await embeddings.WriteAsync(request.JobId, encoding.Input, pipeline.Digest, encoding.Vector, encoding.Transcript, cancellationToken);
            return true;
        }

        Log.InputNotEncoded(logger, request.JobId, LoggedName.Of(request.JobId, encoding.Input.Name), error.Code);
        await embeddings.WriteErrorAsync(request.JobId, encoding.Input, pipeline.Digest, error, cancellationToken);
        return false;
    }

    private static InputError Refused(InputIdentity input, Modality modality, Exception refusal) => new(
        InputErrorCodes.EncodingFailed,
        $"The {modality.ToName()} encoder refused '{input.Name}': {refusal.Message}",
        "Check whether the input is unlike those that the pipeline takes otherwise: far larger, or of another kind.");

    private static InputError NotFinite(InputIdentity input, Modality modality) => new(
        InputErrorCodes.EncodingFailed,
        $"The {modality.ToName()} encoder gave values for '{input.Name}' that are not finite.",
        "Check the input for extreme values; if it looks ordinary, the model file may be damaged.");
}
