namespace Multimodal.Local.Hub;

/// <summary>A file of a lock.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal.</param>
internal sealed record LockedFile(string Path, long Size, string Sha256);
