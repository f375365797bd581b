namespace Multimodal.Orchestration.Encryption;

/// <summary>How many blobs of a container a key encrypts.</summary>
/// <param name="Container">The container.</param>
/// <param name="KeyId">The key; null for plain blobs.</param>
/// <param name="Blobs">How many.</param>
public sealed record KeyUse(string Container, string? KeyId, int Blobs);
