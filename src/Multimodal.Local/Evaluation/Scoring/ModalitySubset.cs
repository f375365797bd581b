using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>Some of the three modalities, at least one.</summary>
internal sealed class ModalitySubset
{
    private ModalitySubset(params Modality[] modalities) => Modalities = modalities;

    /// <summary>All seven: alone, in twos, together.</summary>
    public static IReadOnlyList<ModalitySubset> All { get; } =
    [
        new(Modality.Image),
        new(Modality.Audio),
        new(Modality.Text),
        new(Modality.Image, Modality.Audio),
        new(Modality.Image, Modality.Text),
        new(Modality.Audio, Modality.Text),
        new(Modality.Image, Modality.Audio, Modality.Text),
    ];

    /// <summary>Its modalities.</summary>
    public IReadOnlyList<Modality> Modalities { get; }

    /// <summary>Whether it is one modality alone.</summary>
    public bool IsSingle => Modalities.Count == 1;

    /// <summary>Whether it is all three.</summary>
    public bool IsFull => Modalities.Count == 3;

    /// <summary>For people: <c>image + audio</c>.</summary>
    public string Name => string.Join(" + ", Modalities.Select(modality => modality.ToName()));
}
