using System.Buffers.Binary;

namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>Walks the boxes of an ISO base media file (ISO/IEC 14496-12, 4.2), one level at a time.</summary>
internal ref struct IsoMediaBoxes(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private long _next;

    /// <summary>Offset of the box, its header included.</summary>
    public int Start { get; private set; }

    /// <summary>Length of its header.</summary>
    public int HeaderLength { get; private set; }

    /// <summary>Bytes of the box that are there, its header included.</summary>
    public int Length { get; private set; }

    /// <summary>Whether the box ends where it says, and does not merely reach to the end of what is there.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>What lies in it.</summary>
    public readonly ReadOnlySpan<byte> Body => _bytes.Slice(Start + HeaderLength, Length - HeaderLength);

    /// <summary>Its four characters.</summary>
    public readonly bool Is(ReadOnlySpan<byte> type) => _bytes.HasAt(Start + 4, type);

    /// <summary>Goes to the next box.</summary>
    public bool MoveNext()
    {
        if (_next + 8 > _bytes.Length)
        {
            return false;
        }

        Start = (int)_next;
        HeaderLength = 8;
        var rest = _bytes[Start..];
        long size = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (size == 1)
        {
            if (rest.Length < 16)
            {
                return false;
            }

            HeaderLength = 16;
            size = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(rest[8..]), long.MaxValue / 2);
        }
        else if (size == 0)
        {
            size = rest.Length;
        }

        if (size < HeaderLength)
        {
            return false;
        }

        IsWhole = size <= rest.Length;
        Length = (int)Math.Min(size, rest.Length);
        _next += size;
        return true;
    }
}
