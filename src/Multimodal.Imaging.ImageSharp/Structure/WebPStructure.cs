using System.Buffers.Binary;

namespace Multimodal.Imaging.ImageSharp.Structure;

/// <summary>Reads the container of a WebP (RFC 9649, section 2).</summary>
internal static class WebPStructure
{
    private const int RiffHeader = 8, FirstChunk = 12, FirstPayload = 20;

    /// <summary>Whether the file is as long as its header says; what follows is of no concern.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes) =>
        bytes.Length > FirstPayload && RiffHeader + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) <= bytes.Length;

    /// <summary>Whether the file says that it has transparency.</summary>
    public static bool HasAlpha(ReadOnlySpan<byte> bytes)
    {
        var kind = bytes[FirstChunk..(FirstChunk + 4)];
        return kind.SequenceEqual("VP8X"u8) ? (bytes[FirstPayload] & 0x10) != 0
            // A lossless stream: signature, 14 bits of width, 14 of height, then the bit.
            : kind.SequenceEqual("VP8L"u8) && bytes.Length >= FirstPayload + 5 && (bytes[FirstPayload + 4] & 0x10) != 0;
    }
}
