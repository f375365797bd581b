using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Orchestration.Intake;

/// <summary>Makes features of an input that is at hand; nothing is stored.</summary>
public static class ContentPreprocessing
{
    /// <summary>Recognises the content, and preprocesses it for a pipeline.</summary>
    /// <exception cref="InputException">It cannot be used; its modality is noted where it was recognised.</exception>
    public static Features Preprocess(this LoadedPipeline pipeline, InputContent content)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(content);
        return pipeline.Preprocess(content, ContentDetector.Detect(content));
    }

    /// <summary>Preprocesses content whose kind is known.</summary>
    /// <exception cref="InputException">It cannot be used.</exception>
    public static Features Preprocess(this LoadedPipeline pipeline, InputContent content, DetectedContent detected)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(detected);
        if (!pipeline.Accepts(detected.Modality))
        {
            throw new InputException(
                InputErrorCodes.NoEncoder,
                $"'{content.Name}' is {detected.MediaType}; the pipeline '{pipeline.Definition.Name}' takes no {detected.Modality.ToName()} inputs.",
                $"Send it to a pipeline with an encoder for {detected.Modality.ToName()}.") { Modality = detected.Modality };
        }

        try
        {
            return pipeline.Preprocessor(detected.Modality).Preprocess(content, detected.MediaType);
        }
        catch (InputException e) when (e.Modality is null)
        {
            throw new InputException(e.Error, e) { Modality = detected.Modality };
        }
    }
}
