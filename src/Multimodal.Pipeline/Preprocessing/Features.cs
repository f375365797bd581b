using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
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

    /// <summary>A text's ids as people may see them, personal data masked; null where those that the encoder gets may be seen.</summary>
    public HostTensor? Shown { get; init; }

    /// <summary>Where a recording's features lie in it; null for other modalities, and where nobody said.</summary>
    public SoundTiming? Timing { get; init; }

    /// <summary>Each window as features of one item, timed; the features themselves where there are no windows. No bytes are copied.</summary>
    /// <exception cref="PipelineException">A tensor does not have as many windows as they say.</exception>
    public IReadOnlyList<Features> SplitWindows() => Windows is { } windows
        ? [.. Enumerable.Range(0, windows).Select(window => this with
        {
            Windows = null,
            Tensors = Tensors.ToDictionary(pair => pair.Key, pair => Slice(pair.Key, pair.Value, window, windows)),
            Timing = Timing is null ? null : SoundTiming.Whole(Timing.StartOf(window), Timing.LengthOf(window)),
        })]
        : [this];

    private static HostTensor Slice(string name, HostTensor tensor, int window, int windows)
    {
        if (tensor.Shape.Count == 0 || tensor.Shape[0] != windows)
        {
            throw new PipelineException(
                $"The features' tensor '{name}' of shape [{string.Join(',', tensor.Shape)}] does not have the {windows} windows that they announce.");
        }

        var length = tensor.Bytes.Length / windows;
        return HostTensor.FromBytes(tensor.Type, [.. tensor.Shape.Skip(1)], tensor.Bytes.Slice(window * length, length));
    }
}
