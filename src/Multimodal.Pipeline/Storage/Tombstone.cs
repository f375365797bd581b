namespace Multimodal.Pipeline.Storage;

/// <summary>All that is left of an erased job. Which job it was, only its id tells: the blob's name is a hash of it.</summary>
/// <param name="ExpiresAt">When the id may be used again.</param>
public sealed record Tombstone(DateTimeOffset ExpiresAt);
