using System.Buffers.Binary;

namespace Multimodal.Audio.FFmpeg.Containers;

/// <summary>Lists the boxes of an ISO base media file (ISO/IEC 14496-12, 4.2), one level at a time.</summary>
internal static class BoxReader
{
    /// <summary>The whole boxes, in order; what follows the last of them is not listed.</summary>
    public static List<Box> Read(ReadOnlySpan<byte> bytes)
    {
        var boxes = new List<Box>();
        for (var at = 0; at + 8 <= bytes.Length;)
        {
            var header = 8;
            long size = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (size == 1 && at + 16 <= bytes.Length)
            {
                header = 16;
                size = (long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(bytes[(at + 8)..]), long.MaxValue);
            }
            else if (size == 0)
            {
                size = bytes.Length - at;
            }

            if (size < header || size > bytes.Length - at)
            {
                break;
            }

            boxes.Add(new Box(BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 4)..]), at, header, (int)size));
            at += (int)size;
        }

        return boxes;
    }
}
