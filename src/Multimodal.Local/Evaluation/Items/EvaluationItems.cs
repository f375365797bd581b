using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Degradation;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Local.Evaluation.Items;

/// <summary>The items of all three modalities, bound to a pipeline's own preprocessors.</summary>
internal sealed class EvaluationItems
{
    private readonly Lazy<PrincipalComponents> _components;
    private readonly Lazy<PictureDegrader> _pictures;

    /// <exception cref="PipelineException">The pipeline does not take such pictures, recordings and texts.</exception>
    public EvaluationItems(LoadedPipeline pipeline, EvaluationData data, DegradationLevel level, long seed)
    {
        var recordings = new Lazy<RecordingDegrader>(() => new RecordingDegrader(data.Recordings, level, seed, new InputLimits()));
        _components = new Lazy<PrincipalComponents>(() => PrincipalComponents.Fit(data.FittingPictures));
        _pictures = new Lazy<PictureDegrader>(() => new PictureDegrader(_components.Value, level, seed));
        ByModality = new SortedDictionary<Modality, IEvaluationItems>
        {
            [Modality.Image] = new PictureItems(data.Pictures, Preprocessor<GlyphPreprocessor>(pipeline, Modality.Image), _pictures),
            [Modality.Text] = new TextItems(data.Texts, Preprocessor<IPreprocessor>(pipeline, Modality.Text), new TextDegrader(level, seed)),
            [Modality.Audio] = new RecordingItems(data.Recordings, Preprocessor<LogMelPreprocessor>(pipeline, Modality.Audio), recordings),
        };
    }

    /// <summary>The items of each modality.</summary>
    public IReadOnlyDictionary<Modality, IEvaluationItems> ByModality { get; }

    /// <summary>How many principal components degraded pictures keep; fits them where that has not been done.</summary>
    public int Components => _pictures.Value.Components;

    /// <summary>The share of the variance, 0 to 1, that they hold.</summary>
    public double VarianceHeld => _components.Value.Held(Components);

    private static T Preprocessor<T>(LoadedPipeline pipeline, Modality modality)
        where T : class, IPreprocessor =>
        (pipeline.Accepts(modality) ? pipeline.Preprocessor(modality) : null) as T ?? throw new PipelineException(
            $"The pipeline '{pipeline.Definition.Name}' cannot be evaluated on digits: it does not take glyphs, log-mel recordings and texts " +
            $"(its {modality.ToName()} encoder is missing or preprocesses otherwise).");
}
