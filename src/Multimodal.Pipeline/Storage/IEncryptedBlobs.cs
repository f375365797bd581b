namespace Multimodal.Pipeline.Storage;

/// <summary>What a store that encrypts tells of its keys, for those who look after them.</summary>
public interface IEncryptedBlobs
{
    /// <summary>Whether a blob keeps its ETag when its key is wrapped anew.</summary>
    bool KeepsVersions { get; }

    /// <summary>The id of the key that a blob is encrypted with; null where it is plain.</summary>
    /// <param name="path">The blob.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Whether there is such a blob, and its key's id.</returns>
    ValueTask<(bool Exists, string? KeyId)> FindKeyAsync(BlobPath path, CancellationToken cancellationToken = default);

    /// <summary>Wraps the key of an encrypted blob with the current one; its content stays as it is.</summary>
    /// <param name="path">The blob.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether that was done; not where the blob is gone, plain, of the current key, or was written meanwhile.</returns>
    /// <exception cref="BlobKeyException">The key that it is encrypted with is not at hand.</exception>
    ValueTask<bool> RewrapAsync(BlobPath path, CancellationToken cancellationToken = default);
}
