using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing;

/// <summary>One input after preprocessing, as its encoder takes it.</summary>
/// <param name="Modality">Which encoder it is for.</param>
/// <param name="Tensors">
/// By the name of the encoder's input, without the batch dimension: <c>pixel_values</c> [C,H,W],
/// <c>input_ids</c> [T], <c>input_features</c> [mels,frames].
/// </param>
/// <param name="Facts">What was read of the input, for people: sizes, duration, what was cut.</param>
public sealed record Features(
    Modality Modality,
    IReadOnlyDictionary<string, HostTensor> Tensors,
    InputFacts Facts)
{
    /// <summary>
    /// The number of windows that a long recording was cut into, 1 or more: every tensor then has it as a leading dimension, the encoder
    /// takes each window as an item of its own, and the embedding is the mean of theirs. Null: there is one item and no such dimension.
    /// </summary>
    public int? Windows { get; init; }

    /// <summary>Where a recording's features lie in it; null for other modalities, and where nobody said.</summary>
    public SoundTiming? Timing { get; init; }
}
