using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Repository;

/// <summary>Files as a pipeline's encoders get them.</summary>
internal sealed class SampleFeatures(LoadedPipeline pipeline)
{
    /// <summary>The pipeline's own samples of a modality, in their order.</summary>
    public IEnumerable<Features> Of(Modality modality, ModelRepository repository)
    {
        var samples = new PipelineSamples(repository);
        return Of(modality, samples.List()
            .Where(sample => sample.Pipeline == pipeline.Definition.Name)
            .SelectMany(sample => sample.Files.Select(file => samples.FileOf(sample, file))));
    }

    /// <summary>Those files that are of a modality and can be used; samples may be broken on purpose.</summary>
    public IEnumerable<Features> Of(Modality modality, IEnumerable<FileInfo> files) =>
        files.Select(file => TryRead(modality, file)).OfType<Features>();

    /// <summary>The one of middling size: what a session alone is measured with, which cannot mix lengths.</summary>
    /// <param name="features">One or more.</param>
    public static Features MiddleOf(IReadOnlyList<Features> features) =>
        features.OrderBy(item => item.Tensors.Values.Max(tensor => tensor.ElementCount)).ElementAt(features.Count / 2);

    private Features? TryRead(Modality modality, FileInfo file)
    {
        try
        {
            var content = new InputContent(file.Name, File.ReadAllBytes(file.FullName));
            var detected = ContentDetector.Detect(content);
            return detected.Modality == modality ? pipeline.Preprocessor(modality).Preprocess(content, detected.MediaType) : null;
        }
        catch (InputException)
        {
            return null;
        }
    }
}
