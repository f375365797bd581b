namespace Multimodal.Pipeline.Storage;

/// <summary>
/// A blob's key is not at hand, or is another than its id says. Nothing is wrong with the blob: whoever meets this leaves everything as
/// it is and tries again later.
/// </summary>
public sealed class BlobKeyException : Exception
{
    /// <summary>Says which key is missing, and what to do.</summary>
    /// <param name="keyId">The key's id.</param>
    /// <param name="fault">What is wrong with it, as the rest of a sentence that begins with the key.</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="innerException">What was said of it, or null.</param>
    public BlobKeyException(string keyId, string fault, string remedy, Exception? innerException = null)
        : base($"The encryption key '{keyId}' {fault}. {remedy} Nothing is lost: what needs the key waits for it.", innerException) =>
        (KeyId, Remedy) = (keyId, remedy);

    /// <summary>The key's id.</summary>
    public string KeyId { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }
}
