using Multimodal.Pipeline.Retrieval.Search;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>Entries of one blob, which never changes, in memory.</summary>
/// <param name="Path">The blob.</param>
/// <param name="Keys">The entries' keys [count].</param>
/// <param name="Versions">Their versions [count].</param>
/// <param name="Data">Their data [count].</param>
/// <param name="Block">Their vectors.</param>
/// <param name="Length">The blob's size in bytes.</param>
internal sealed record Segment(
    BlobPath Path, string[] Keys, EntryVersion[] Versions, ReadOnlyMemory<byte>[] Data, VectorBlock Block, long Length)
{
    /// <summary>One entry, its vector copied.</summary>
    public IndexEntry EntryAt(int row) => new(Keys[row], Versions[row], Block.Row(row).ToArray(), Data[row]);
}
