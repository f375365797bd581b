using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Evaluation.Items;

/// <summary>The items of one modality, clean and degraded, as its encoder takes them. Safe for concurrent use.</summary>
internal interface IEvaluationItems
{
    /// <summary>The modality.</summary>
    Modality Modality { get; }

    /// <summary>Each item's true label.</summary>
    IReadOnlyList<string> Labels { get; }

    /// <summary>What an item is called in reports.</summary>
    string NameOf(int item);

    /// <summary>Preprocesses an item.</summary>
    /// <exception cref="InputException">The product would leave such an item out.</exception>
    Features Preprocess(int item, Condition condition);
}
