using Multimodal.Pipeline.Jobs;
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
    InputFacts Facts);
