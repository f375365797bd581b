namespace Multimodal.Local.Hub.Answers;

/// <summary>A large file in the hub's answer.</summary>
internal sealed record LargeFileAnswer(string? Sha256 = null, long? Size = null);
