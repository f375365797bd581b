using System.Buffers.Binary;
using System.Text;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Files.Encryption;

/// <summary>
/// What stands before an encrypted blob's content, 1,024 bytes whatever the key, so that a key can be wrapped anew in its place: a mark
/// with the format's version; the content's length; the key's id and the wrapped key, each with its length before it; zeros.
/// </summary>
/// <param name="ContentLength">The length of the plain content in bytes.</param>
/// <param name="KeyId">The id of the key that wraps the blob's own.</param>
/// <param name="WrappedKey">The blob's own key, wrapped.</param>
internal sealed record SealedHeader(long ContentLength, string KeyId, byte[] WrappedKey)
{
    /// <summary>The header's size.</summary>
    public const int Bytes = 1024;

    /// <summary>How many bytes tell whether a blob is encrypted, and how long its content is.</summary>
    public const int PeekBytes = 16;

    /// <summary>How an encrypted blob begins: no text and no format that is read begins so. The last byte is the version.</summary>
    public static ReadOnlySpan<byte> Magic => [0x8D, (byte)'M', (byte)'M', (byte)'S', 0x0D, 0x0A, 0x1A, 1];

    /// <summary>Whether a blob that begins so is encrypted.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> file) => file.StartsWith(Magic);

    /// <summary>The length that a blob that begins so names for its content.</summary>
    public static long PeekLength(ReadOnlySpan<byte> peek) => BinaryPrimitives.ReadInt64LittleEndian(peek[Magic.Length..]);

    /// <summary>Reads the header of an encrypted blob.</summary>
    /// <exception cref="BlobDamagedException">It is none.</exception>
    public static SealedHeader Read(BlobPath path, ReadOnlySpan<byte> file)
    {
        if (file.Length < Bytes)
        {
            throw new BlobDamagedException(path, "it ends within its header");
        }

        var rest = file[Magic.Length..Bytes];
        var length = BinaryPrimitives.ReadInt64LittleEndian(rest);
        rest = rest[sizeof(long)..];
        var keyId = Encoding.UTF8.GetString(Take(path, ref rest));
        return new SealedHeader(length, keyId, Take(path, ref rest).ToArray());
    }

    /// <summary>Writes the header to where a blob begins, whose bytes are zero.</summary>
    /// <exception cref="BlobKeyException">The key's id is too long for it.</exception>
    public void Write(Span<byte> file)
    {
        var id = Encoding.UTF8.GetBytes(KeyId);
        if (PeekBytes + (2 * sizeof(ushort)) + id.Length + WrappedKey.Length > Bytes)
        {
            throw new BlobKeyException(KeyId, "has too long an id for a blob's header", "Use an RSA key of at most 4,096 bits, in a vault with an ordinary address.");
        }

        Magic.CopyTo(file);
        BinaryPrimitives.WriteInt64LittleEndian(file[Magic.Length..], ContentLength);
        var rest = file[PeekBytes..];
        Put(id, ref rest);
        Put(WrappedKey, ref rest);
    }

    private static ReadOnlySpan<byte> Take(BlobPath path, ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        if (length > rest.Length - (2 * sizeof(ushort)))
        {
            throw new BlobDamagedException(path, "its header is none");
        }

        var taken = rest.Slice(sizeof(ushort), length);
        rest = rest[(sizeof(ushort) + length)..];
        return taken;
    }

    private static void Put(ReadOnlySpan<byte> bytes, ref Span<byte> rest)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)bytes.Length);
        bytes.CopyTo(rest[sizeof(ushort)..]);
        rest = rest[(sizeof(ushort) + bytes.Length)..];
    }
}
