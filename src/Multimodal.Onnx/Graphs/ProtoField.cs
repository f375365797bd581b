using Google.Protobuf;

namespace Multimodal.Onnx.Graphs;

/// <summary>A field of a protobuf message, and the very bytes that it was read from.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Type">How it is encoded.</param>
/// <param name="Bytes">All of it, its head included.</param>
/// <param name="Content">What follows the head; of a field with a length, that many bytes.</param>
internal readonly record struct ProtoField(int Number, WireFormat.WireType Type, ReadOnlyMemory<byte> Bytes, ReadOnlyMemory<byte> Content)
{
    /// <summary>Whether it has a length of its own: a text, bytes, a message or packed numbers.</summary>
    public bool IsDelimited => Type == WireFormat.WireType.LengthDelimited;

    /// <summary>The value of a field that is a varint, or a number of fixed size.</summary>
    public ulong Value => Type == WireFormat.WireType.Varint ? ProtoFields.Varint(Content.Span, out _) : Fixed(Content.Span);

    /// <summary>The text of a field that is one.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Content.Span);

    private static ulong Fixed(ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | bytes[i];
        }

        return value;
    }
}
