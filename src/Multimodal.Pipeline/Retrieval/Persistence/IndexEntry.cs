namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>An entry as it is written.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Version">Its version.</param>
/// <param name="Vector">Its vector [dimension], finite.</param>
/// <param name="Data">What else is kept of it, as its owner encodes it.</param>
internal readonly record struct IndexEntry(string Key, EntryVersion Version, ReadOnlyMemory<float> Vector, ReadOnlyMemory<byte> Data)
{
    /// <summary>Its size in a segment, in bytes, but for the key's characters beyond ASCII.</summary>
    public long Size => (Vector.Length * sizeof(float)) + Key.Length + Data.Length + SegmentFile.EntryOverhead;
}
