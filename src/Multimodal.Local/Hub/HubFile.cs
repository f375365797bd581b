namespace Multimodal.Local.Hub;

/// <summary>A file of a model as the hub declares it.</summary>
/// <param name="Path">Its path in the repository, with <c>/</c>.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal, where it is kept in large file storage.</param>
/// <param name="GitBlob">The id of its git blob, SHA-1 in lower-case hexadecimal, where git itself keeps it.</param>
internal sealed record HubFile(string Path, long Size, string? Sha256, string? GitBlob);
