using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>Items that are judged together: one of each modality, by their numbers, or <see cref="None"/>.</summary>
internal readonly record struct Pair(int Image, int Audio, int Text)
{
    /// <summary>No item of this modality.</summary>
    public const int None = -1;

    /// <summary>The number of a modality's item.</summary>
    public int this[Modality modality] => modality switch
    {
        Modality.Image => Image,
        Modality.Audio => Audio,
        Modality.Text => Text,
        _ => throw new ArgumentOutOfRangeException(nameof(modality), modality, "Unknown modality."),
    };

    /// <summary>One item alone.</summary>
    public static Pair Alone(Modality modality, int item) => new(
        modality == Modality.Image ? item : None,
        modality == Modality.Audio ? item : None,
        modality == Modality.Text ? item : None);

    /// <summary>The same with another item of a modality.</summary>
    public Pair With(Modality modality, int item) => modality switch
    {
        Modality.Image => this with { Image = item },
        Modality.Audio => this with { Audio = item },
        Modality.Text => this with { Text = item },
        _ => throw new ArgumentOutOfRangeException(nameof(modality), modality, "Unknown modality."),
    };

    /// <summary>Whether it has an item of each modality of a subset.</summary>
    public bool Covers(ModalitySubset subset)
    {
        foreach (var modality in subset.Modalities)
        {
            if (this[modality] == None)
            {
                return false;
            }
        }

        return true;
    }
}
