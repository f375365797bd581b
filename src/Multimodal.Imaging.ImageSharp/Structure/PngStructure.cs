using System.Buffers.Binary;

namespace Multimodal.Imaging.ImageSharp.Structure;

/// <summary>Walks the chunks of a PNG (W3C PNG, section 5).</summary>
internal static class PngStructure
{
    private const int Signature = 8, LengthAndType = 8, Checksum = 4;

    /// <summary>Whether the chunks reach to the last one, IEND.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes)
    {
        for (long at = Signature; at + LengthAndType + Checksum <= bytes.Length;)
        {
            var chunk = bytes[(int)at..];
            if (chunk[4..LengthAndType].SequenceEqual("IEND"u8))
            {
                return true;
            }

            at += LengthAndType + (long)BinaryPrimitives.ReadUInt32BigEndian(chunk) + Checksum;
        }

        return false;
    }
}
