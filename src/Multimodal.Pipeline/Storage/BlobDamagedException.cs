namespace Multimodal.Pipeline.Storage;

/// <summary>An encrypted blob is not what was written under its name: changed, cut off, or another blob in its place.</summary>
/// <param name="path">The blob.</param>
/// <param name="reason">How that is known, as the rest of a sentence.</param>
/// <param name="innerException">What was said of it, or null.</param>
public sealed class BlobDamagedException(BlobPath path, string reason, Exception? innerException = null)
    : Exception($"The encrypted blob '{path}' is not what was written there: {reason}. Restore it from a backup, or delete it.", innerException)
{
    /// <summary>The blob.</summary>
    public BlobPath Path { get; } = path;
}
