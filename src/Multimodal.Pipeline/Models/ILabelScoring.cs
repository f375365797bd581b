namespace Multimodal.Pipeline.Models;

/// <summary>What tasks that score labels declare alike.</summary>
public interface ILabelScoring
{
    /// <summary>What makes scores of logits.</summary>
    LabelActivation Activation { get; }

    /// <summary>
    /// The score from which on a label is one of the outcome's labels, 0 to 1, where <see cref="Thresholds"/> names none of its own. Null:
    /// 0.5 with sigmoid; with softmax such a label has no threshold.
    /// </summary>
    double? Threshold { get; }

    /// <summary>Thresholds of single labels, 0 to 1, by label.</summary>
    IReadOnlyDictionary<string, double>? Thresholds { get; }

    /// <summary>How many scores results keep, 1 or more; null: all.</summary>
    int? TopK { get; }
}
