using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Multimodal.Pipeline.Retrieval.Search;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>The file format of entries, little-endian throughout.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>0</term><description>the letters MMVS</description></item>
/// <item><term>4</term><description>version of the format, 32 bits: 1</description></item>
/// <item><term>8</term><description>dimension, 32 bits</description></item>
/// <item><term>12</term><description>count of entries, 32 bits</description></item>
/// <item><term>64</term><description>vectors [count, dimension], single precision</description></item>
/// <item><term>then</term><description>for each entry: its version (64 bits of time, 64 of chance), the lengths of key and data, 32 bits each, the key in UTF-8,
/// the data</description></item>
/// <item><term>last 32</term><description>SHA-256 of all that is before</description></item>
/// </list>
/// </remarks>
internal static class SegmentFile
{
    /// <summary>What an entry takes besides vector, key and data, in bytes.</summary>
    public const int EntryOverhead = 24;

    private const int Format = 1;
    private const int HeaderLength = 64;

    private static ReadOnlySpan<byte> Magic => "MMVS"u8;

    /// <summary>Writes entries of one dimension.</summary>
    public static byte[] Write(int dimension, IReadOnlyList<IndexEntry> entries)
    {
        var keys = entries.Select(entry => Encoding.UTF8.GetBytes(entry.Key)).ToArray();
        var vectors = checked(entries.Count * dimension * sizeof(float));
        var length = entries.Select((entry, i) => (long)EntryOverhead + keys[i].Length + entry.Data.Length).Sum();
        var file = new byte[checked((int)(HeaderLength + vectors + length + SHA256.HashSizeInBytes))];
        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), Format);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), dimension);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), entries.Count);
        var rows = MemoryMarshal.Cast<byte, float>(file.AsSpan(HeaderLength, vectors));
        var rest = file.AsSpan(HeaderLength + vectors);
        for (var i = 0; i < entries.Count; i++)
        {
            entries[i].Vector.Span.CopyTo(rows.Slice(i * dimension, dimension));
            rest = WriteEntry(rest, entries[i], keys[i]);
        }

        SHA256.HashData(file.AsSpan(0, file.Length - SHA256.HashSizeInBytes), rest);
        return file;
    }

    /// <summary>Reads entries; vectors and data are slices of the file.</summary>
    /// <exception cref="IndexDamagedException">The file is damaged, or not of this dimension.</exception>
    public static Segment Read(BlobPath path, ReadOnlyMemory<byte> file, int dimension)
    {
        var bytes = file.Span;
        if (bytes.Length < HeaderLength + SHA256.HashSizeInBytes || !bytes.StartsWith(Magic))
        {
            throw IndexDamagedException.OfSegment(path, "it is no segment.");
        }

        if (!SHA256.HashData(bytes[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
        {
            throw IndexDamagedException.OfSegment(path, "its checksum is not that of its content.");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) is not Format and var format)
        {
            throw IndexDamagedException.OfSegment(path, $"it is of format {format}, and this version reads format {Format}.");
        }

        var (stored, count) = (BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]));
        if (stored != dimension)
        {
            throw IndexDamagedException.OfSegment(path, $"its vectors have {stored} numbers, those of the index {dimension}.");
        }

        var vectors = (long)count * dimension * sizeof(float);
        if (count < 0 || HeaderLength + vectors + ((long)count * EntryOverhead) + SHA256.HashSizeInBytes > bytes.Length)
        {
            throw IndexDamagedException.OfSegment(path, $"it is too short for {count} entries.");
        }

        var block = new VectorBlock(file.Slice(HeaderLength, (int)vectors), count, dimension);
        return ReadEntries(path, file, HeaderLength + (int)vectors, block);
    }

    private static Span<byte> WriteEntry(Span<byte> rest, IndexEntry entry, byte[] key)
    {
        BinaryPrimitives.WriteInt64LittleEndian(rest, entry.Version.Ticks);
        BinaryPrimitives.WriteUInt64LittleEndian(rest[8..], entry.Version.Tie);
        BinaryPrimitives.WriteInt32LittleEndian(rest[16..], key.Length);
        BinaryPrimitives.WriteInt32LittleEndian(rest[20..], entry.Data.Length);
        key.CopyTo(rest[EntryOverhead..]);
        entry.Data.Span.CopyTo(rest[(EntryOverhead + key.Length)..]);
        return rest[(EntryOverhead + key.Length + entry.Data.Length)..];
    }

    private static Segment ReadEntries(BlobPath path, ReadOnlyMemory<byte> file, int offset, VectorBlock block)
    {
        var bytes = file.Span[..^SHA256.HashSizeInBytes];
        var (keys, versions, data) = (new string[block.Count], new EntryVersion[block.Count], new ReadOnlyMemory<byte>[block.Count]);
        for (var i = 0; i < block.Count; i++)
        {
            if (bytes.Length - offset < EntryOverhead)
            {
                throw IndexDamagedException.OfSegment(path, "it ends within an entry.");
            }

            var rest = bytes[offset..];
            var (keyLength, dataLength) = (BinaryPrimitives.ReadInt32LittleEndian(rest[16..]), BinaryPrimitives.ReadInt32LittleEndian(rest[20..]));
            if (keyLength < 0 || dataLength < 0 || (long)keyLength + dataLength > rest.Length - EntryOverhead)
            {
                throw IndexDamagedException.OfSegment(path, "it ends within an entry.");
            }

            versions[i] = new EntryVersion(BinaryPrimitives.ReadInt64LittleEndian(rest), BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
            keys[i] = Encoding.UTF8.GetString(rest.Slice(EntryOverhead, keyLength));
            data[i] = file.Slice(offset + EntryOverhead + keyLength, dataLength);
            offset += EntryOverhead + keyLength + dataLength;
        }

        return new Segment(path, keys, versions, data, block, file.Length);
    }
}
