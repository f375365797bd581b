using System.Globalization;
using System.Runtime.InteropServices;
using Multimodal.Pipeline.Retrieval.Search;

namespace Multimodal.Benchmarks.Retrieval;

/// <summary>Vectors of unit length to search, and queries of the same kind.</summary>
internal sealed class VectorSet
{
    private const int RowsOfABlock = 32_768;

    private VectorSet(string name, IReadOnlyList<SearchPart> parts, IReadOnlyList<float[]> queries)
    {
        (Name, Parts, Queries) = (name, parts, queries);
    }

    public string Name { get; }

    public IReadOnlyList<SearchPart> Parts { get; }

    public IReadOnlyList<float[]> Queries { get; }

    /// <summary>Directions drawn at random, as far apart as vectors can be.</summary>
    public static VectorSet Uniform(RetrievalSettings settings) =>
        Create("uniform", settings, random => Gaussian(random, settings.Dimension));

    /// <summary>Directions around some centres, as embeddings of things of some kinds lie.</summary>
    public static VectorSet Clustered(RetrievalSettings settings, int centres, double spread)
    {
        var random = new Random(2);
        var middles = Enumerable.Range(0, centres).Select(_ => VectorMath.Normalise(Gaussian(random, settings.Dimension))).ToArray();
        return Create($"{centres} clusters", settings, draw =>
        {
            var middle = middles[draw.Next(centres)];
            var vector = Gaussian(draw, settings.Dimension);
            for (var i = 0; i < vector.Length; i++)
            {
                vector[i] = (float)(middle[i] + (vector[i] * spread / Math.Sqrt(vector.Length)));
            }

            return vector;
        });
    }

    private static VectorSet Create(string name, RetrievalSettings settings, Func<Random, float[]> draw)
    {
        var random = new Random(1);
        var parts = new List<SearchPart>();
        for (var start = 0; start < settings.Count; start += RowsOfABlock)
        {
            var count = Math.Min(RowsOfABlock, settings.Count - start);
            var bytes = new byte[count * settings.Dimension * sizeof(float)];
            var rows = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
            for (var row = 0; row < count; row++)
            {
                VectorMath.Normalise(draw(random)).CopyTo(rows[(row * settings.Dimension)..]);
            }

            parts.Add(new SearchPart(
                new VectorBlock(bytes, count, settings.Dimension), [.. Enumerable.Range(start, count).Select(key => key.ToString("x8", CultureInfo.InvariantCulture))], null));
        }

        return new VectorSet(
            name, parts, [.. Enumerable.Range(0, settings.Queries).Select(_ => VectorMath.Normalise(draw(random)))]);
    }

    private static float[] Gaussian(Random random, int dimension)
    {
        var vector = new float[dimension];
        for (var i = 0; i < dimension; i++)
        {
            vector[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble()));
        }

        return vector;
    }
}
