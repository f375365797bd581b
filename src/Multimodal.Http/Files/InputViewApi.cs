using Microsoft.AspNetCore.Http;
using Multimodal.Http.Problems;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Views;

namespace Multimodal.Http.Files;

/// <summary>The route that shows an input as its encoder sees it.</summary>
public sealed class InputViewApi
{
    private readonly JobServices _jobs;
    private readonly JobFileStores _stores;
    private readonly ProblemResults _problems;

    internal InputViewApi(JobServices jobs, JobFileStores stores, ProblemResults problems)
    {
        _jobs = jobs;
        _stores = stores;
        _problems = problems;
    }

    /// <summary>
    /// <c>GET /api/jobs/{id}/inputs/{name}/view</c>: the pixels, those regions unrecognisable that a detector finds, the log-mel spectrogram with the waveform, or the tokens. 200, 304, 400;
    /// 404 where the input was refused or is not preprocessed; 410 where its features have been deleted since.
    /// </summary>
    public Task<IResult> GetAsync(string id, string name, CancellationToken cancellationToken) =>
        _problems.GuardAsync(
            async () =>
            {
                var job = JobIds.Parse(id);
                await _jobs.Administration.ThrowIfErasedAsync(job, cancellationToken);
                var record = await _jobs.Records.GetAsync(job, cancellationToken);
                var receipt = await FindReceiptAsync(record, name, cancellationToken);
                var (features, pipeline) = await FindFeaturesAsync(record, receipt, cancellationToken);
                var settings = pipeline.Definition.Encoders[features.Modality].Preprocessing;
                var view = FeatureViews.Of(features, settings, pipeline.Folder) with
                {
                    Waveform = features.Modality == Modality.Audio ? await FindWaveformAsync(job, receipt, pipeline.Folder, cancellationToken) : null,
                };
                return new JsonResult<InputView>(
                    new InputView(name, features.Modality, features.Facts, Blur(view.Picture), view.Waveform, view.Spectrogram, view.Tokens),
                    HttpJson.Default.InputView,
                    StatusCodes.Status200OK) { Conditional = true };
            },
            cancellationToken);

    // A picture that cannot be searched for what must not be seen is not shown.
    private PictureView? Blur(PictureView? picture) => picture is null || _stores.Blur is null ? picture : _stores.Blur.Blur(picture);

    private async Task<InputReceipt> FindReceiptAsync(JobRecord record, string name, CancellationToken cancellationToken)
    {
        var receipt = InputName.FindFault(name) is null ? await _stores.Inputs.FindReceiptAsync(record.JobId, name, cancellationToken) : null;
        if (receipt is null)
        {
            throw InputName.FindFault(name) is null && await _stores.Inputs.FindUploadAsync(record.JobId, name, cancellationToken) is not null
                ? RequestException.NoFeatures(name, null)
                : RequestException.InputNotFound(record.JobId, name);
        }

        return receipt.State == InputState.Ready ? receipt : throw RequestException.NoFeatures(name, receipt.Error?.Message);
    }

    private async Task<(Features Features, LoadedPipeline Pipeline)> FindFeaturesAsync(
        JobRecord record, InputReceipt receipt, CancellationToken cancellationToken)
    {
        // The settings must be those that the features were made with.
        var pipeline = _jobs.Pipelines.Get(record.Pipeline);
        return pipeline.Digest == receipt.PipelineDigest
            && await _stores.Features.FindAsync(record.JobId, receipt.Input, pipeline.Digest, cancellationToken) is { } features
            ? (features, pipeline)
            : throw RequestException.FeaturesExpired(receipt.Input.Name);
    }

    // The upload may be gone, or be another version by now: then the spectrogram alone is shown.
    private async Task<WaveformView?> FindWaveformAsync(
        JobId job, InputReceipt receipt, ModelFolder folder, CancellationToken cancellationToken)
    {
        var upload = await _stores.Inputs.ReadUploadAsync(job, receipt.Input.Name, cancellationToken);
        return upload is not null && upload.ETag == receipt.Input.ETag
            ? WaveformViews.Of(
                new InputContent(receipt.Input.Name, upload.Content),
                folder.Definition.Encoders[Modality.Audio].Preprocessing,
                _stores.Limits,
                _stores.AudioDecoder,
                folder)
            : null;
    }
}
