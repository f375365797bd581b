using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
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
            var failed = await EncodeAsync(request, cancellationToken);
            return new EncodeReport(
                request.Modality, request.Count - failed, failed, time.GetElapsedTime(begun).TotalMilliseconds, StartedAt: startedAt);
        }
        catch (PipelineException e)
        {
            return EncodeReport.OfFailure(request.Modality, e.Message);
        }
    }

    private async Task<int> EncodeAsync(EncodeRequest request, CancellationToken cancellationToken)
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

        return failed + await EncodeAsync(request, pipeline, pending, cancellationToken);
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

    private async Task<int> EncodeAsync(
        EncodeRequest request, LoadedPipeline pipeline, List<(InputIdentity Input, Features Features)> pending, CancellationToken cancellationToken)
    {
        if (pending.Count == 0)
        {
            return 0;
        }

        var encoder = pipeline.Encoder(request.Modality);
        var generated = await encoder.GenerateAsync(pending.Select(item => item.Features), cancellationToken: cancellationToken);
        var failed = 0;
        for (var i = 0; i < pending.Count; i++)
        {
            var (input, vector) = (pending[i].Input, generated[i].Vector);
            if (vector.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                Log.EmbeddingNotFinite(logger, request.JobId, input.Name);
                await embeddings.WriteErrorAsync(request.JobId, input, pipeline.Digest, NotFinite(input, request.Modality), cancellationToken);
                failed++;
            }
            else
            {
                await embeddings.WriteAsync(request.JobId, input, pipeline.Digest, vector, cancellationToken);
            }
        }

        return failed;
    }

    private static InputError NotFinite(InputIdentity input, Modality modality) => new(
        InputErrorCodes.EncodingFailed,
        $"The {modality.ToName()} encoder gave values for '{input.Name}' that are not finite.",
        "Check the input for extreme values; if it looks ordinary, the model file may be damaged.");
}
