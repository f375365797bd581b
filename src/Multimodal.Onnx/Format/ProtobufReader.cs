using System.Text;

namespace Multimodal.Onnx.Format;

/// <summary>
/// Reads the fields of a protobuf message from a stream that can seek; what is not asked for is passed over without being read.
/// Format: protobuf.dev/programming-guides/encoding.
/// </summary>
internal sealed class ProtobufReader(Stream stream)
{
    /// <summary>The longest string that is read, in bytes.</summary>
    public const int LongestString = 1 << 16;

    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;

    /// <summary>Where the next field begins.</summary>
    public long Position => stream.Position;

    /// <summary>Reads the head of the next field; its content is then to be read, entered or skipped.</summary>
    /// <returns>The field's number; whether it has a length of its own, and which: for a varint it is the value.</returns>
    /// <exception cref="InvalidDataException">The bytes are no protobuf.</exception>
    public (int Field, bool Delimited, long Length) ReadHead(long end)
    {
        var key = ReadVarint(end);
        var (field, kind) = ((int)(key >> 3), (int)(key & 7));
        switch (kind)
        {
            case Varint:
                return (field, false, (long)ReadVarint(end));
            case Fixed64:
                Skip(8, end);
                return (field, false, 0);
            case Fixed32:
                Skip(4, end);
                return (field, false, 0);
            case Delimited:
                var length = ReadVarint(end);
                return length <= (ulong)(end - stream.Position)
                    ? (field, true, (long)length)
                    : throw new InvalidDataException($"a field of {length} bytes reaches beyond its end");
            default:
                throw new InvalidDataException($"the wire type {kind} is not known");
        }
    }

    /// <summary>Passes over bytes.</summary>
    public void Skip(long length, long end)
    {
        if (length > end - stream.Position)
        {
            throw new InvalidDataException("a field reaches beyond its end");
        }

        stream.Seek(length, SeekOrigin.Current);
    }

    /// <summary>Reads a string.</summary>
    public string ReadString(long length)
    {
        if (length > LongestString)
        {
            throw new InvalidDataException($"a name has {length} bytes");
        }

        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private ulong ReadVarint(long end)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (stream.Position >= end || stream.ReadByte() is not (>= 0 and var next))
            {
                break;
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number does not end");
    }
}
