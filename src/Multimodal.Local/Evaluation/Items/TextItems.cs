using System.Globalization;
using System.Text;
using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Degradation;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Evaluation.Items;

/// <summary>Texts, as files in UTF-8.</summary>
internal sealed class TextItems(IReadOnlyList<LabelledText> texts, IPreprocessor preprocessor, TextDegrader degrader) : IEvaluationItems
{
    public Modality Modality => Modality.Text;

    public IReadOnlyList<string> Labels { get; } = [.. texts.Select(text => text.Label)];

    public string NameOf(int item) => string.Create(CultureInfo.InvariantCulture, $"text {item + 1}");

    public Features Preprocess(int item, Condition condition)
    {
        var text = texts[item].Text;
        var bytes = Encoding.UTF8.GetBytes(condition == Condition.Clean ? text : degrader.Degrade(text, item));
        return preprocessor.Preprocess(new InputContent(NameOf(item), bytes), MediaTypes.Text);
    }
}
