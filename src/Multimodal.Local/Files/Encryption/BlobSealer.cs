using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Azure.Core.Cryptography;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Local.Files.Encryption;

/// <summary>
/// Encrypts blobs for files: AES-GCM with 256 bits in regions of 1 MiB, under a key that is drawn for each write and lies in the header,
/// wrapped. What is authenticated with each region is the blob's path and its length, and which region it is by the nonce; so a blob that
/// was changed, cut off, put together anew or put in another's place is refused.
/// </summary>
/// <remarks>
/// A nonce is the region's number, since a key encrypts one content once. The wrapped key is not among what is authenticated: it can be
/// wrapped anew, and then has another id, while the content stays.
/// </remarks>
internal sealed class BlobSealer(BlobKeys keys)
{
    /// <summary>The size of a region's content in bytes.</summary>
    public const int RegionBytes = 1 << 20;

    private const int KeyBytes = 32;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;
    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;

    /// <summary>The keys.</summary>
    public BlobKeys Keys => keys;

    /// <summary>Encrypts a blob.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> SealAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var current = await keys.GetCurrentAsync(cancellationToken);
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var header = new SealedHeader(content.Length, current.KeyId, await WrapAsync(current, key, cancellationToken));
        var file = new byte[SealedHeader.Bytes + content.Length + (RegionsOf(content.Length) * TagBytes)];
        header.Write(file);
        Encrypt(path, content.Span, key, file.AsSpan(SealedHeader.Bytes));
        return file;
    }

    /// <summary>Decrypts a blob.</summary>
    /// <exception cref="BlobKeyException">Its key is not at hand.</exception>
    /// <exception cref="BlobDamagedException">It is not what was written under its name.</exception>
    public async ValueTask<byte[]> OpenAsync(BlobPath path, ReadOnlyMemory<byte> file, CancellationToken cancellationToken)
    {
        var header = SealedHeader.Read(path, file.Span);
        if (header.ContentLength < 0 || file.Length != SealedHeader.Bytes + header.ContentLength + (RegionsOf(header.ContentLength) * TagBytes))
        {
            throw new BlobDamagedException(path, "its length is not the one that it names");
        }

        var wrapping = await keys.ResolveAsync(header.KeyId, cancellationToken);
        var key = await wrapping.UnwrapKeyAsync(BlobKeys.WrapAlgorithm, header.WrappedKey, cancellationToken);
        if (key.Length != KeyBytes)
        {
            throw new BlobDamagedException(path, "its key is of another length");
        }

        return Decrypt(path, (int)header.ContentLength, file.Span[SealedHeader.Bytes..], key);
    }

    /// <summary>The header of a blob with its key wrapped by the current one.</summary>
    public async ValueTask<byte[]> RewrapAsync(SealedHeader header, CancellationToken cancellationToken)
    {
        var wrapping = await keys.ResolveAsync(header.KeyId, cancellationToken);
        var key = await wrapping.UnwrapKeyAsync(BlobKeys.WrapAlgorithm, header.WrappedKey, cancellationToken);
        var current = await keys.GetCurrentAsync(cancellationToken);
        var bytes = new byte[SealedHeader.Bytes];
        new SealedHeader(header.ContentLength, current.KeyId, await WrapAsync(current, key, cancellationToken)).Write(bytes);
        return bytes;
    }

    private static Task<byte[]> WrapAsync(IKeyEncryptionKey current, byte[] key, CancellationToken cancellationToken) =>
        current.WrapKeyAsync(BlobKeys.WrapAlgorithm, key, cancellationToken);

    // An empty content has a region too, so that its tag vouches for it.
    private static long RegionsOf(long length) => Math.Max(1, (length + RegionBytes - 1) / RegionBytes);

    private static byte[] BindingOf(BlobPath path, long length)
    {
        var name = Encoding.UTF8.GetBytes(path.ToString());
        var binding = new byte[SealedHeader.Magic.Length + sizeof(long) + sizeof(int) + name.Length];
        SealedHeader.Magic.CopyTo(binding);
        BinaryPrimitives.WriteInt64LittleEndian(binding.AsSpan(SealedHeader.Magic.Length), length);
        BinaryPrimitives.WriteInt32LittleEndian(binding.AsSpan(SealedHeader.Magic.Length + sizeof(long)), RegionBytes);
        name.CopyTo(binding, binding.Length - name.Length);
        return binding;
    }

    private static void Encrypt(BlobPath path, ReadOnlySpan<byte> content, byte[] key, Span<byte> to)
    {
        using var aes = new AesGcm(key, TagBytes);
        var binding = BindingOf(path, content.Length);
        Span<byte> nonce = stackalloc byte[NonceBytes];
        for (var region = 0; region < RegionsOf(content.Length); region++)
        {
            nonce.Clear();
            BinaryPrimitives.WriteInt32LittleEndian(nonce, region);
            var plain = content[(region * RegionBytes)..Math.Min(content.Length, (region + 1) * RegionBytes)];
            aes.Encrypt(nonce, plain, to[..plain.Length], to.Slice(plain.Length, TagBytes), binding);
            to = to[(plain.Length + TagBytes)..];
        }
    }

    private static byte[] Decrypt(BlobPath path, int length, ReadOnlySpan<byte> from, byte[] key)
    {
        using var aes = new AesGcm(key, TagBytes);
        var binding = BindingOf(path, length);
        var content = new byte[length];
        Span<byte> nonce = stackalloc byte[NonceBytes];
        for (var region = 0; region < RegionsOf(length); region++)
        {
            nonce.Clear();
            BinaryPrimitives.WriteInt32LittleEndian(nonce, region);
            var plain = content.AsSpan((region * RegionBytes)..Math.Min(length, (region + 1) * RegionBytes));
            try
            {
                aes.Decrypt(nonce, from[..plain.Length], from.Slice(plain.Length, TagBytes), plain, binding);
            }
            catch (AuthenticationTagMismatchException e)
            {
                throw new BlobDamagedException(path, "it was changed, or belongs under another name", e);
            }

            from = from[(plain.Length + TagBytes)..];
        }

        return content;
    }
}
