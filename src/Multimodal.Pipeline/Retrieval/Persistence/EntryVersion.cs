using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>Which of two writes of one key is the later one: by their times, and by chance where these are the same.</summary>
/// <param name="Ticks">The time in ticks, or one more than that of the version that it replaces.</param>
/// <param name="Tie">Drawn at random.</param>
internal readonly record struct EntryVersion(long Ticks, ulong Tie) : IComparable<EntryVersion>
{
    /// <summary>A version of this time.</summary>
    public static EntryVersion Create(long ticks)
    {
        Span<ulong> tie = stackalloc ulong[1];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(tie));
        return new EntryVersion(ticks, tie[0]);
    }

    /// <inheritdoc/>
    public int CompareTo(EntryVersion other) => Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks) : Tie.CompareTo(other.Tie);

    /// <summary>A name for a blob, in the order of versions.</summary>
    public override string ToString() => $"{Ticks:x16}-{Tie:x16}";
}
