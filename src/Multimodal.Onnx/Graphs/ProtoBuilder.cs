using System.Text;
using Google.Protobuf;

namespace Multimodal.Onnx.Graphs;

/// <summary>Puts a protobuf message together. What is large is kept by reference until it is written.</summary>
internal sealed class ProtoBuilder
{
    // A tag and a length, or a number, take no more.
    private const int LongestHead = 20;

    private readonly List<ReadOnlyMemory<byte>> _pieces = [];

    /// <summary>How many bytes the message takes.</summary>
    public long Length { get; private set; }

    /// <summary>A field as it was read.</summary>
    public ProtoBuilder Add(ProtoField field) => Append(field.Bytes);

    /// <summary>A field of a varint.</summary>
    public ProtoBuilder Add(int number, long value) => Append(Head(output =>
    {
        output.WriteTag(number, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }));

    /// <summary>A field of a float.</summary>
    public ProtoBuilder Add(int number, float value) => Append(Head(output =>
    {
        output.WriteTag(number, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
    }));

    /// <summary>A field of a text.</summary>
    public ProtoBuilder Add(int number, string text) => Add(number, Encoding.UTF8.GetBytes(text));

    /// <summary>A field of bytes.</summary>
    public ProtoBuilder Add(int number, ReadOnlyMemory<byte> bytes)
    {
        Append(HeadOf(number, bytes.Length));
        return Append(bytes);
    }

    /// <summary>A field of a message.</summary>
    /// <exception cref="InvalidDataException">It is longer than a message may be.</exception>
    public ProtoBuilder Add(int number, ProtoBuilder message)
    {
        Append(HeadOf(number, message.Length <= int.MaxValue
            ? (int)message.Length
            : throw new InvalidDataException("it takes more than 2 GiB, which no ONNX file can hold")));
        _pieces.AddRange(message._pieces);
        Length += message.Length;
        return this;
    }

    /// <summary>Writes the message.</summary>
    public void WriteTo(Stream stream)
    {
        foreach (var piece in _pieces)
        {
            stream.Write(piece.Span);
        }
    }

    /// <summary>The message in one piece.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        WriteTo(new MemoryStream(bytes));
        return bytes;
    }

    private ProtoBuilder Append(ReadOnlyMemory<byte> piece)
    {
        _pieces.Add(piece);
        Length += piece.Length;
        return this;
    }

    private static byte[] HeadOf(int number, int length) => Head(output =>
    {
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteLength(length);
    });

    private static byte[] Head(Action<CodedOutputStream> write)
    {
        var bytes = new byte[LongestHead];
        using var output = new CodedOutputStream(bytes);
        write(output);
        return bytes[..(int)output.Position];
    }
}
