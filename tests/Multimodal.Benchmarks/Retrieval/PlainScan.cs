using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Multimodal.Pipeline.Retrieval.Search;

namespace Multimodal.Benchmarks.Retrieval;

/// <summary>What exact search is measured against: every vector in single precision, and memory read without computing.</summary>
internal static class PlainScan
{
    /// <summary>The best by a scan of all vectors.</summary>
    public static (double Score, string Key)[] Find(IReadOnlyList<SearchPart> parts, float[] query, int count, int threads)
    {
        var best = new TopHits(count);
        Parallel.For(
            0,
            parts.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => new TopHits(count),
            (place, _, own) =>
            {
                var part = parts[place];
                var values = part.Block.Values;
                for (var row = 0; row < part.Block.Count; row++)
                {
                    var score = TensorPrimitives.Dot(values.Slice(row * query.Length, query.Length), query);
                    if (score >= own.Threshold)
                    {
                        own.Offer(new Hit(score, place, row, part.Keys[row]));
                    }
                }

                return own;
            },
            own =>
            {
                lock (best)
                {
                    best.OfferAll(own);
                }
            });
        return [.. best.ToOrdered().Select(hit => (hit.Score, hit.Key))];
    }

    /// <summary>Reads the vectors, or their codes, and does next to nothing with them.</summary>
    public static int Read(IReadOnlyList<SearchPart> parts, bool codes, int threads)
    {
        var total = 0;
        Parallel.ForEach(parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            var read = Touch(codes ? MemoryMarshal.AsBytes(part.Block.Codes.AsSpan()) : MemoryMarshal.AsBytes(part.Block.Values));
            Interlocked.Add(ref total, read);
        });
        return total;
    }

    private static int Touch(ReadOnlySpan<byte> bytes)
    {
        var (a, b, c, d) = (Vector<int>.Zero, Vector<int>.Zero, Vector<int>.Zero, Vector<int>.Zero);
        var vectors = MemoryMarshal.Cast<byte, Vector<int>>(bytes);
        for (var i = 0; i + 3 < vectors.Length; i += 4)
        {
            a ^= vectors[i];
            b ^= vectors[i + 1];
            c ^= vectors[i + 2];
            d ^= vectors[i + 3];
        }

        return Vector.Sum(a ^ b ^ c ^ d);
    }
}
