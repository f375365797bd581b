using Multimodal.Onnx.Graphs;

namespace Multimodal.Onnx.Optimization;

/// <summary>Weights in a graph that is open, and the nodes that take them.</summary>
/// <param name="Part">What is told of it.</param>
/// <param name="Home">The graph whose constants they are.</param>
/// <param name="Tensors">The weights: one, of an LSTM two.</param>
/// <param name="Role">What they are to the nodes.</param>
/// <param name="IsChannel">Of each axis: whether its places have scales of their own.</param>
/// <param name="Uses">Where they are taken.</param>
internal sealed record WeightPart(
    LighterPart Part, OnnxGraph Home, IReadOnlyList<OnnxTensor> Tensors, WeightRole Role, IReadOnlyList<bool> IsChannel, IReadOnlyList<ValueUse> Uses);
