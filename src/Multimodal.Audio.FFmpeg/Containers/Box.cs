using System.Buffers.Binary;

namespace Multimodal.Audio.FFmpeg.Containers;

/// <summary>A box of an ISO base media file.</summary>
/// <param name="Type">Its four characters.</param>
/// <param name="Start">Its offset.</param>
/// <param name="HeaderLength">Length of its header.</param>
/// <param name="Length">Its length, the header included.</param>
internal readonly record struct Box(uint Type, int Start, int HeaderLength, int Length)
{
    /// <summary>Where it ends.</summary>
    public int End => Start + Length;

    /// <summary>Whether it is of this type.</summary>
    public bool Is(ReadOnlySpan<byte> type) => Type == BinaryPrimitives.ReadUInt32BigEndian(type);
}
