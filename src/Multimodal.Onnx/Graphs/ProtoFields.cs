using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Multimodal.Onnx.Graphs;

/// <summary>
/// Takes a protobuf message apart into its fields without reading into them, so that those that are not understood can be written again as
/// they were. Format: protobuf.dev/programming-guides/encoding.
/// </summary>
internal static class ProtoFields
{
    /// <summary>The fields, in their order; their bytes are those given, not copies.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no message.</exception>
    public static List<ProtoField> Read(ReadOnlyMemory<byte> message)
    {
        if (!MemoryMarshal.TryGetArray(message, out var array))
        {
            throw new ArgumentException("The bytes lie in no array.", nameof(message));
        }

        var fields = new List<ProtoField>();
        var input = new CodedInputStream(array.Array!, array.Offset, array.Count);
        var start = input.Position;
        while (true)
        {
            var begin = (int)(input.Position - start);
            if (input.ReadTag() is not (not 0 and var tag))
            {
                return fields;
            }

            var inside = (int)(input.Position - start);
            input.SkipLastField();
            var end = (int)(input.Position - start);
            var type = WireFormat.GetTagWireType(tag);
            if (type == WireFormat.WireType.LengthDelimited)
            {
                Varint(message.Span[inside..end], out var head);
                inside += head;
            }

            fields.Add(new ProtoField(WireFormat.GetTagFieldNumber(tag), type, message[begin..end], message[inside..end]));
        }
    }

    /// <summary>The numbers of a repeated field of varints, packed or not.</summary>
    public static IEnumerable<long> Varints(IEnumerable<ProtoField> fields) => fields.SelectMany(field => field.IsDelimited ? Unpack(field.Content) : [(long)field.Value]);

    /// <summary>A varint of 64 bits, and how many bytes it takes.</summary>
    public static ulong Varint(ReadOnlySpan<byte> bytes, out int length)
    {
        var value = 0UL;
        for (length = 0; length < bytes.Length && length < 10; length++)
        {
            value |= (ulong)(bytes[length] & 0x7F) << (7 * length);
            if (bytes[length] < 0x80)
            {
                length++;
                return value;
            }
        }

        throw new InvalidDataException("a number does not end");
    }

    private static List<long> Unpack(ReadOnlyMemory<byte> packed)
    {
        var values = new List<long>();
        for (var at = 0; at < packed.Length;)
        {
            values.Add((long)Varint(packed.Span[at..], out var length));
            at += length;
        }

        return values;
    }
}
