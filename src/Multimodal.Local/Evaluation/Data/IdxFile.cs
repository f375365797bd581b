using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Multimodal.Local.Evaluation.Data;

/// <summary>A gzipped file of MNIST's IDX format: two zero bytes, the type 8 (bytes), the number of extents, the extents as big-endian int32, the values.</summary>
/// <param name="Extents">The extents, slowest first.</param>
/// <param name="Values">All values, row-major.</param>
/// <param name="Digest">SHA-256 of the file as it lies there, in lower-case hexadecimal.</param>
internal sealed record IdxFile(int[] Extents, byte[] Values, string Digest)
{
    private const byte Bytes = 8;

    /// <exception cref="UsageException">The file is missing or is no such file.</exception>
    public static IdxFile Read(string path, string remedy)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"'{path}' does not exist. {remedy}");
        }

        var file = File.ReadAllBytes(path);
        try
        {
            using var stream = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
            using var content = new MemoryStream();
            stream.CopyTo(content);
            return Parse(content.ToArray(), Convert.ToHexStringLower(SHA256.HashData(file)));
        }
        catch (InvalidDataException e)
        {
            throw new UsageException($"'{path}' is no gzipped IDX file: {e.Message} {remedy}");
        }
    }

    private static IdxFile Parse(byte[] content, string digest)
    {
        if (content is not [0, 0, Bytes, var count, ..] || content.Length < 4 + (4 * count))
        {
            throw new InvalidDataException("its header is not that of an array of bytes.");
        }

        var extents = Enumerable.Range(0, count)
            .Select(i => BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(4 + (4 * i))))
            .ToArray();
        var values = content[(4 + (4 * count))..];
        return extents.Aggregate(1L, (product, extent) => product * extent) == values.Length
            ? new IdxFile(extents, values, digest)
            : throw new InvalidDataException($"it announces [{string.Join(',', extents)}] and holds {values.Length} values.");
    }
}
