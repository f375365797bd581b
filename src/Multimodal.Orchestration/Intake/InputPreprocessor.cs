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
        var result = pipeline.Preprocess(await ReadAsync(job, input, cancellationToken));
        await features.WriteAsync(job, input, pipeline.Digest, result, cancellationToken);
        return result;
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
