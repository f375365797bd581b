using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>Preprocesses one upload for a pipeline and stores its features.</summary>
public sealed class InputPreprocessor(InputStore inputs, FeatureStore features, InputLimits limits)
{
    /// <summary>Preprocesses; the features are stored when this returns.</summary>
    /// <exception cref="InputException">The input cannot be used.</exception>
    /// <exception cref="InputChangedException">The upload is gone, or is of another version by now.</exception>
    public async Task<Features> PreprocessAsync(
        JobId job, InputIdentity input, LoadedPipeline pipeline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(pipeline);
        var content = await ReadAsync(job, input, cancellationToken);
        var detected = ContentDetector.Detect(content);
        if (!pipeline.Accepts(detected.Modality))
        {
            throw new InputException(
                InputErrorCodes.NoEncoder,
                $"'{input.Name}' is {detected.MediaType}; the pipeline '{pipeline.Definition.Name}' takes no {detected.Modality.ToName()} inputs.",
                $"Send it to a pipeline with an encoder for {detected.Modality.ToName()}.") { Modality = detected.Modality };
        }

        var result = Preprocess(pipeline, content, detected);
        await features.WriteAsync(job, input, pipeline.Digest, result, cancellationToken);
        return result;
    }

    private static Features Preprocess(LoadedPipeline pipeline, InputContent content, DetectedContent detected)
    {
        try
        {
            return pipeline.Preprocessor(detected.Modality).Preprocess(content, detected.MediaType);
        }
        catch (InputException e) when (e.Modality is null)
        {
            throw new InputException(e.Error, e) { Modality = detected.Modality };
        }
    }

    private async Task<InputContent> ReadAsync(JobId job, InputIdentity input, CancellationToken cancellationToken)
    {
        // The size is looked up before the content is read, so that a giant is refused and never held in memory.
        var entry = await inputs.FindUploadAsync(job, input.Name, cancellationToken);
        if (entry?.Length > limits.MaximumBytes)
        {
            throw new InputException(InputErrors.TooLarge(input.Name, entry.Length, limits));
        }

        var blob = await inputs.ReadUploadAsync(job, input.Name, cancellationToken);
        return blob is not null && blob.ETag == input.ETag
            ? new InputContent(input.Name, blob.Content)
            : throw new InputChangedException(input);
    }
}
