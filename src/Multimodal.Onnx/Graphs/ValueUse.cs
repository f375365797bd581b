namespace Multimodal.Onnx.Graphs;

/// <summary>A place where a value is taken.</summary>
/// <param name="Graph">The graph that takes it.</param>
/// <param name="Node">The node; null where it is an output of the graph.</param>
/// <param name="Index">Which of the inputs, or of the outputs.</param>
internal readonly record struct ValueUse(OnnxGraph Graph, OnnxNode? Node, int Index);
