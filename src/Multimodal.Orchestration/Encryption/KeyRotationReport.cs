namespace Multimodal.Orchestration.Encryption;

/// <summary>What a rotation of keys did, in blobs.</summary>
/// <param name="Rewrapped">Their keys were wrapped with the current one.</param>
/// <param name="Encrypted">They were plain, and are encrypted now.</param>
/// <param name="Left">They are as they were.</param>
/// <param name="Unreadable">Their key is not at hand.</param>
public sealed record KeyRotationReport(int Rewrapped, int Encrypted, int Left, int Unreadable);
