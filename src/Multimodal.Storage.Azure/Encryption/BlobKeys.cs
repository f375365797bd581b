using Azure.Core;
using Azure.Core.Cryptography;
using Azure.Identity;
using Microsoft.Extensions.Options;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Storage.Azure.Encryption;

/// <summary>
/// The keys that wrap the keys of blobs: each blob is encrypted with a key of its own, which lies beside it wrapped with one of these. A
/// key that is not here is refused by a <see cref="BlobKeyException"/>.
/// </summary>
public abstract class BlobKeys : IKeyEncryptionKeyResolver
{
    /// <summary>AES key wrap with padding (RFC 5649) with a key of 256 bits.</summary>
    public const string WrapAlgorithm = "A256KWP";

    /// <summary>The key that new blobs are encrypted with; its <see cref="IKeyEncryptionKey.KeyId"/> is kept beside them.</summary>
    public abstract ValueTask<IKeyEncryptionKey> GetCurrentAsync(CancellationToken cancellationToken = default);

    /// <summary>A key by the id that is kept beside a blob.</summary>
    /// <exception cref="BlobKeyException">It is not at hand.</exception>
    public abstract Task<IKeyEncryptionKey> ResolveAsync(string keyId, CancellationToken cancellationToken = default);

    /// <summary>The part of a kept id that people know the key by.</summary>
    public abstract string NameOf(string keyId);

    /// <inheritdoc/>
    public IKeyEncryptionKey Resolve(string keyId, CancellationToken cancellationToken = default) =>
        ResolveAsync(keyId, cancellationToken).GetAwaiter().GetResult();

    /// <summary>The keys that options name; null where they name none.</summary>
    /// <param name="options">The options.</param>
    /// <param name="credential">Who asks the vault; null for whom <c>DefaultAzureCredential</c> finds.</param>
    /// <exception cref="OptionsValidationException">An option cannot be used; its failure names it and says what to do.</exception>
    public static BlobKeys? Open(EncryptionOptions options, TokenCredential? credential = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var file = string.IsNullOrEmpty(options.KeyFile) ? null : new KeyFileKeys(options.KeyFile, KeyFile.Read(options.KeyFile));
        return options.KeyVaultKey is { } key ? new VaultKeys(new KeyVaultClient(key, credential ?? new DefaultAzureCredential()), file) : file;
    }

    internal static OptionsValidationException Invalid(string failure) => new(nameof(EncryptionOptions), typeof(EncryptionOptions), [failure]);
}
