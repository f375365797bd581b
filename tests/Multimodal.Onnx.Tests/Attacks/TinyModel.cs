using System.Text;

namespace Multimodal.Onnx.Tests.Attacks;

/// <summary>An ONNX file of one node, output = Identity(input), opset 13, whose names, type and shape a test chooses.</summary>
internal static class TinyModel
{
    /// <summary>Element types of <c>TensorProto.DataType</c>.</summary>
    public const int Float = 1, Int64 = 7, Text = 8, Float16 = 10;

    /// <param name="input">The input's name.</param>
    /// <param name="output">The output's name.</param>
    /// <param name="type">The element type of both.</param>
    /// <param name="shape">The shape of both; 0 for an axis that is free.</param>
    public static byte[] Write(string input, string output, int type, params int[] shape) =>
    [
        .. Number(1, 8),
        .. Message(
            7,
            Message(1, Message(1, Utf8(input)), Message(2, Utf8(output)), Message(4, Utf8("Identity"))),
            Message(2, Utf8("tiny")),
            Message(11, Value(input, type, shape)),
            Message(12, Value(output, type, shape))),
        .. Message(8, Message(1), Number(2, 13)),
    ];

    private static byte[] Value(string name, int type, int[] shape) =>
    [
        .. Message(1, Utf8(name)),
        .. Message(2, Message(1, Number(1, type), Message(2, [.. shape.Select(extent => Message(1, extent > 0 ? Number(1, extent) : Message(2, Utf8("n"))))]))),
    ];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Message(int field, params byte[][] parts)
    {
        var content = parts.SelectMany(part => part).ToArray();
        return [(byte)((field << 3) | 2), .. Varint(content.Length), .. content];
    }

    private static byte[] Number(int field, int value) => [(byte)(field << 3), .. Varint(value)];

    private static byte[] Varint(int value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. Varint(value >> 7)];
}
