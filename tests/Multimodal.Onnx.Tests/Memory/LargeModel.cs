using System.Text;

namespace Multimodal.Onnx.Tests.Memory;

/// <summary>An ONNX file of one node, y = MatMul(x, w), x [n, width], w [width, width] of noise.</summary>
internal static class LargeModel
{
    private const int Float = 1;

    public static byte[] Write(int width)
    {
        var weights = new byte[sizeof(float) * width * width];
        new Random(7).NextBytes(weights);
        for (var i = sizeof(float) - 1; i < weights.Length; i += sizeof(float))
        {
            // Small numbers, whatever the rest of their bits.
            weights[i] = 0x3A;
        }

        return
        [
            .. Number(1, 8),
            .. Message(
                7,
                Message(1, Message(1, Utf8("x")), Message(1, Utf8("w")), Message(2, Utf8("y")), Message(4, Utf8("MatMul"))),
                Message(2, Utf8("large")),
                Message(5, Number(1, width), Number(1, width), Number(2, Float), Message(8, Utf8("w")), Message(9, weights)),
                Message(11, Value("x", width)),
                Message(12, Value("y", width))),
            .. Message(8, Message(1), Number(2, 13)),
        ];
    }

    private static byte[] Value(string name, int width) =>
        [.. Message(1, Utf8(name)), .. Message(2, Message(1, Number(1, Float), Message(2, Message(1, Message(2, Utf8("n"))), Message(1, Number(1, width)))))];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Message(int field, params byte[][] parts)
    {
        byte[] content = [.. parts.SelectMany(part => part)];
        return [(byte)((field << 3) | 2), .. Varint(content.Length), .. content];
    }

    private static byte[] Number(int field, int value) => [(byte)(field << 3), .. Varint(value)];

    private static byte[] Varint(int value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. Varint(value >> 7)];
}
