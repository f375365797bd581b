using System.Buffers.Binary;

namespace Multimodal.Testing.Fuzzing;

/// <summary>Damages a sample file as strangers and broken transfers do; the same seed gives the same file.</summary>
public static class Mutations
{
    /// <summary>Numbers at which sizes, counts and offsets break.</summary>
    private static readonly uint[] Edges = [0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF];

    /// <summary>One to four changes: bits, bytes, numbers at an edge, parts cut, doubled, moved or made up, the end cut off.</summary>
    /// <param name="sample">A valid file of one byte or more.</param>
    /// <param name="seed">Chooses the changes.</param>
    public static byte[] Mutate(ReadOnlySpan<byte> sample, int seed)
    {
        var random = new Random(seed);
        var bytes = sample.ToArray();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Length > 0; changes--)
        {
            bytes = Change(bytes, random);
        }

        return bytes;
    }

    private static byte[] Change(byte[] bytes, Random random)
    {
        var at = Place(bytes.Length, random);
        var length = random.Next(1, Math.Min(bytes.Length - at, 64) + 1);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                random.NextBytes(bytes.AsSpan(at, length));
                return bytes;
            case 2:
                SetEdge(bytes.AsSpan(at), random);
                return bytes;
            case 3:
                return bytes[..at];
            case 4:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 5:
                return [.. bytes[..at], .. bytes.AsSpan(at, length), .. bytes[at..]];
            case 6:
                bytes.AsSpan(at, length).CopyTo(bytes.AsSpan(Place(bytes.Length - length + 1, random)));
                return bytes;
            default:
                bytes.AsSpan(at, length).Fill((byte)random.Next(256));
                return bytes;
        }
    }

    // Half of the changes fall into the first bytes: headers decide what is allocated.
    private static int Place(int length, Random random) => random.Next(random.Next(2) == 0 ? Math.Min(length, 128) : length);

    private static void SetEdge(Span<byte> target, Random random)
    {
        var edge = Edges[random.Next(Edges.Length)];
        switch (target.Length)
        {
            case >= 4 when random.Next(2) == 0:
                BinaryPrimitives.WriteUInt32LittleEndian(target, edge);
                break;
            case >= 4:
                BinaryPrimitives.WriteUInt32BigEndian(target, edge);
                break;
            case >= 2:
                BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)edge);
                break;
            default:
                target[0] = (byte)edge;
                break;
        }
    }
}
