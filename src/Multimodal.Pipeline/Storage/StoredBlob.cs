namespace Multimodal.Pipeline.Storage;

/// <summary>A blob's content and the ETag of just that content.</summary>
public sealed record StoredBlob(ReadOnlyMemory<byte> Content, string ETag);
