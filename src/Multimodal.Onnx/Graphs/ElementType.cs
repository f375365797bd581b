namespace Multimodal.Onnx.Graphs;

/// <summary>The types of elements that are told apart here, by their numbers in <c>TensorProto.DataType</c>.</summary>
internal static class ElementType
{
    public const int Float = 1, UInt8 = 2, Int8 = 3, Int32 = 6, Int64 = 7, Half = 10;
}
