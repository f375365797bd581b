using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Onnx.Encoders;

/// <summary>What an encoder takes as one item of a batch: an input's features, or one window of them.</summary>
/// <param name="Source">The place of the input that it is of.</param>
/// <param name="Tensors">The tensors by name, without a batch dimension.</param>
internal sealed record FeatureItem(int Source, IReadOnlyDictionary<string, HostTensor> Tensors)
{
    /// <summary>The items of an input: itself, or each of its windows. No bytes are copied.</summary>
    /// <exception cref="PipelineException">A tensor does not have as many windows as the features say.</exception>
    public static IEnumerable<FeatureItem> Of(int source, Features features) => features.Windows is { } windows
        ? Enumerable.Range(0, windows).Select(window => new FeatureItem(
            source, features.Tensors.ToDictionary(pair => pair.Key, pair => Slice(pair.Key, pair.Value, window, windows))))
        : [new FeatureItem(source, features.Tensors)];

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
