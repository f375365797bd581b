namespace Multimodal.Pipeline.Storage;

/// <summary>What a store knows of a blob without reading it.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="ETag">Names this version of its content; no quotes around it.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="LastModified">When it was written.</param>
public sealed record BlobEntry(BlobPath Path, string ETag, long Length, DateTimeOffset LastModified);
