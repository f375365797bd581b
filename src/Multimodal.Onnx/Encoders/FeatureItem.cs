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
    public static IEnumerable<FeatureItem> Of(int source, Features features) =>
        features.SplitWindows().Select(window => new FeatureItem(source, window.Tensors));
}
