using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>Preprocesses one upload for a pipeline and stores its features.</summary>
public sealed class InputPreprocessor(InputStore inputs, FeatureStore features, InputLimits limits)
{
    /// <summary>Reads an upload and preprocesses it; the features are stored when this returns.</summary>
    /// <exception cref="InputException">The input cannot be used.</exception>
    /// <exception cref="InputChangedException">The upload is gone, or is of another version by now.</exception>
    public async Task<Features> PreprocessAsync(
        JobId job, InputIdentity input, LoadedPipeline pipeline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        var upload = await inputs.FindUploadAsync(job, input.Name, cancellationToken) ?? throw new InputChangedException(input);
        return await PreprocessAsync(job, input, await ReadAsync(job, input, upload.Length, cancellationToken), pipeline, cancellationToken);
    }

    /// <summary>Preprocesses what is at hand; the features are stored when this returns.</summary>
    /// <exception cref="InputException">The input cannot be used.</exception>
    public async Task<Features> PreprocessAsync(
        JobId job, InputIdentity input, InputContent content, LoadedPipeline pipeline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(pipeline);
        ThrowIfTooLarge(input.Name, content.Bytes.Length);
        var result = pipeline.Preprocess(content);
        await features.WriteAsync(job, input, pipeline.Digest, result, cancellationToken);
        return result;
    }

    /// <summary>Reads an upload.</summary>
    /// <param name="job">The job.</param>
    /// <param name="input">The version.</param>
    /// <param name="length">How many bytes it has, looked up before: a giant is refused and never held in memory.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="InputException">It is too large.</exception>
    /// <exception cref="InputChangedException">It is gone, or of another version by now.</exception>
    public async Task<InputContent> ReadAsync(JobId job, InputIdentity input, long length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ThrowIfTooLarge(input.Name, length);
        var blob = await inputs.ReadUploadAsync(job, input.Name, cancellationToken);
        return blob is not null && blob.ETag == input.ETag
            ? new InputContent(input.Name, blob.Content)
            : throw new InputChangedException(input);
    }

    private void ThrowIfTooLarge(string name, long length)
    {
        if (length > limits.MaximumBytes)
        {
            throw new InputException(InputErrors.TooLarge(name, length, limits));
        }
    }
}
