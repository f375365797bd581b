using System.Security.Cryptography;
using Azure.Core.Cryptography;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Storage.Azure.Encryption;

/// <summary>A key of 256 bits that is at hand, and wraps keys by AES key wrap with padding (RFC 5649). Safe for concurrent use.</summary>
internal sealed class AesWrapKey(string id, byte[] key, string holder) : IKeyEncryptionKey
{
    /// <summary>A key's size in bytes.</summary>
    public const int Bytes = 32;

    public string KeyId => id;

    public byte[] WrapKey(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default)
    {
        using var aes = Open(algorithm);
        return aes.EncryptKeyWrapPadded(key.Span);
    }

    public byte[] UnwrapKey(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken = default)
    {
        using var aes = Open(algorithm);
        try
        {
            return aes.DecryptKeyWrapPadded(encryptedKey.Span);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new BlobKeyException(
                id, $"of {holder} is not the one that a blob was encrypted with, or what is kept beside that blob was changed",
                $"Put the key that had this id back into {holder}.", e);
        }
    }

    public Task<byte[]> WrapKeyAsync(string algorithm, ReadOnlyMemory<byte> key, CancellationToken cancellationToken = default) =>
        Task.FromResult(WrapKey(algorithm, key, cancellationToken));

    public Task<byte[]> UnwrapKeyAsync(string algorithm, ReadOnlyMemory<byte> encryptedKey, CancellationToken cancellationToken = default) =>
        Task.FromResult(UnwrapKey(algorithm, encryptedKey, cancellationToken));

    private Aes Open(string algorithm)
    {
        if (algorithm != BlobKeys.WrapAlgorithm)
        {
            throw new BlobKeyException(
                id, $"does not wrap by '{algorithm}', as a blob's key was", $"Read that blob by what wrote it; here keys are wrapped by {BlobKeys.WrapAlgorithm}.");
        }

        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }
}
