using System.Buffers.Binary;

namespace Multimodal.Imaging.ImageSharp.Structure;

/// <summary>Reads where the first picture of a TIFF or BigTIFF has its pixels (TIFF 6.0, section 2).</summary>
internal readonly ref struct TiffStructure
{
    private const int StripOffsets = 273, StripLengths = 279, TileOffsets = 324, TileLengths = 325;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _littleEndian;
    private readonly bool _big;

    private TiffStructure(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _littleEndian = bytes[0] == 'I';
        _big = Number(2, 2) == 43;
    }

    private int WordSize => _big ? 8 : 4;

    /// <summary>Whether every strip or tile of the first picture lies within the file.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16)
        {
            return false;
        }

        try
        {
            var tiff = new TiffStructure(bytes);
            return tiff.Lies(StripOffsets, StripLengths) && tiff.Lies(TileOffsets, TileLengths);
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            // A reference points out of the file.
            return false;
        }
    }

    private bool Lies(int offsetsTag, int lengthsTag)
    {
        var (offsets, lengths) = (Find(offsetsTag), Find(lengthsTag));
        for (var i = 0; i < Math.Min(offsets.Count, lengths.Count); i++)
        {
            if (checked(offsets.At(this, i) + lengths.At(this, i)) > (ulong)_bytes.Length)
            {
                return false;
            }
        }

        return true;
    }

    private Values Find(int tag)
    {
        var directory = checked((int)Number(_big ? 8 : 4, WordSize));
        var countSize = _big ? 8 : 2;
        var entrySize = _big ? 20 : 12;
        var count = checked((int)Number(directory, countSize));
        for (var i = 0; i < count; i++)
        {
            var entry = checked(directory + countSize + (i * entrySize));
            if ((int)Number(entry, 2) != tag)
            {
                continue;
            }

            var size = Number(entry + 2, 2) switch { 3 => 2, 16 => 8, _ => 4 };
            var values = checked((int)Number(entry + 4, WordSize));
            var position = entry + 4 + WordSize;
            return new Values(values, size, (long)values * size <= WordSize ? position : checked((int)Number(position, WordSize)));
        }

        return default;
    }

    private ulong Number(int at, int size)
    {
        var part = _bytes.Slice(at, size);
        return (size, _littleEndian) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(part),
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(part),
            (4, true) => BinaryPrimitives.ReadUInt32LittleEndian(part),
            (4, false) => BinaryPrimitives.ReadUInt32BigEndian(part),
            (_, true) => BinaryPrimitives.ReadUInt64LittleEndian(part),
            _ => BinaryPrimitives.ReadUInt64BigEndian(part),
        };
    }

    private readonly record struct Values(int Count, int Size, int Start)
    {
        public ulong At(TiffStructure tiff, int index) => tiff.Number(checked(Start + (index * Size)), Size);
    }
}
