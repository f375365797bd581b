namespace Multimodal.Pipeline.Storage;

/// <summary>A part of a listing.</summary>
/// <param name="Entries">Its blobs; there may be none though more follow.</param>
/// <param name="Continuation">Asks for the next part; null where there is none. Its form is the store's own.</param>
public sealed record BlobPage(IReadOnlyList<BlobEntry> Entries, string? Continuation);
