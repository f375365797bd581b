using System.Buffers.Binary;

namespace Multimodal.Audio.FFmpeg.Containers;

/// <summary>
/// Brings the index of an MP4 file before what it indexes, as a reader that cannot seek needs it: many writers append <c>moov</c> when they
/// are done. The offsets in it (<c>stco</c>, <c>co64</c>; ISO/IEC 14496-12, 8.7.5) move along.
/// </summary>
internal static class FastStart
{
    /// <summary>The file with <c>moov</c> before the first <c>mdat</c>; the same bytes where it is there already, or is not found whole.</summary>
    public static ReadOnlyMemory<byte> Arrange(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        var boxes = BoxReader.Read(bytes);
        var content = boxes.FindIndex(box => box.Is("mdat"u8));
        var index = boxes.FindIndex(box => box.Is("moov"u8));
        if (content < 0 || index < content)
        {
            return file;
        }

        var (movie, target) = (boxes[index], boxes[content].Start);
        var arranged = new byte[bytes.Length];
        bytes[..target].CopyTo(arranged);
        bytes.Slice(movie.Start, movie.Length).CopyTo(arranged.AsSpan(target));
        bytes[target..movie.Start].CopyTo(arranged.AsSpan(target + movie.Length));
        bytes[movie.End..].CopyTo(arranged.AsSpan(movie.End));
        Shift(arranged.AsSpan(target + movie.HeaderLength, movie.Length - movie.HeaderLength), target, movie);
        return arranged;
    }

    private static void Shift(Span<byte> boxes, int from, Box movie)
    {
        foreach (var box in BoxReader.Read(boxes))
        {
            var body = boxes[(box.Start + box.HeaderLength)..box.End];
            if (box.Is("trak"u8) || box.Is("mdia"u8) || box.Is("minf"u8) || box.Is("stbl"u8))
            {
                Shift(body, from, movie);
            }
            else if (box.Is("stco"u8))
            {
                ShiftOffsets(body, sizeof(uint), from, movie);
            }
            else if (box.Is("co64"u8))
            {
                ShiftOffsets(body, sizeof(ulong), from, movie);
            }
        }
    }

    private static void ShiftOffsets(Span<byte> body, int size, int from, Box movie)
    {
        const int Header = 8;
        for (var at = Header; at + size <= body.Length; at += size)
        {
            var field = body.Slice(at, size);
            var offset = size == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt64BigEndian(field);
            if (offset < (ulong)from || offset >= (ulong)movie.Start)
            {
                continue;
            }

            if (size == sizeof(uint))
            {
                BinaryPrimitives.WriteUInt32BigEndian(field, (uint)offset + (uint)movie.Length);
            }
            else
            {
                BinaryPrimitives.WriteUInt64BigEndian(field, offset + (ulong)movie.Length);
            }
        }
    }
}
