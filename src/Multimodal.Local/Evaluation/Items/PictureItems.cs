using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Degradation;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Local.Evaluation.Items;

/// <summary>Pictures, through the entry for decoded pixels.</summary>
internal sealed class PictureItems(
    IReadOnlyList<LabelledPicture> pictures, GlyphPreprocessor preprocessor, Lazy<PictureDegrader> degrader) : IEvaluationItems
{
    // There is no file; the facts go nowhere.
    private static readonly InputFacts Facts = new() { MediaType = "image/x-pixels" };

    public Modality Modality => Modality.Image;

    public IReadOnlyList<string> Labels { get; } = [.. pictures.Select(picture => picture.Label)];

    public string NameOf(int item) => pictures[item].Name;

    public Features Preprocess(int item, Condition condition)
    {
        var pixels = pictures[item].Pixels;
        return preprocessor.Preprocess(
            condition == Condition.Clean ? pixels : degrader.Value.Degrade(pixels, item), pictures[item].Name, Facts);
    }
}
