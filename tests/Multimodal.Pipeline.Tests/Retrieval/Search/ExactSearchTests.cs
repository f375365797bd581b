using CsCheck;
using Multimodal.Pipeline.Retrieval.Search;

namespace Multimodal.Pipeline.Tests.Retrieval.Search;

public sealed class ExactSearchTests
{
    // Few values, so that many scores are the same.
    private static readonly Gen<float> Coarse = VectorBlocks.OneOf(-1f, -0.5f, 0, 0.5f, 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Find_AnyVectors_AreThoseOfASortOfAll() => Gen.Select(Gen.Bool, Gen.Int[1, 40], Gen.Int[1, 200], Gen.Int[1, 30])
        .SelectMany((coarse, dimension, count, k) => Gen.Select(
            (coarse ? Coarse : VectorBlocks.Number).Array[dimension].Array[count],
            (coarse ? Coarse : VectorBlocks.Number).Array[dimension],
            Gen.Bool.Array[count],
            Gen.Const(k)))
        .Sample((rows, query, dead, k) => Check(rows, query, row => dead[row], null, k, 1));

    [Fact]
    public void Find_VectorsThatLieClose_AreThoseOfASortOfAll() => Gen.Select(Gen.Float[-1, 1].Array[64], Gen.Float[-1e-4f, 1e-4f].Array[64].Array[400], Gen.Int[1, 20])
        .Sample((middle, noise, k) => Check([.. noise.Select(own => middle.Zip(own, (x, y) => x + y).ToArray())], middle, _ => false, null, k, 1), iter: 50);

    [Fact]
    public void Find_WithAFilter_FindsWhatPasses() => Gen.Select(Gen.Float[-1, 1].Array[20].Array[300], Gen.Float[-1, 1].Array[20], Gen.Int[1, 20], Gen.Int[1, 50])
        .Sample((rows, query, k, every) => Check(rows, query, _ => false, row => row % every == 0, k, 1), iter: 50);

    [Fact]
    public void Find_ByManyThreads_FindsTheSame()
    {
        var random = new Random(5);
        float[][] rows = [.. Enumerable.Range(0, 40_000).Select(_ => Enumerable.Range(0, 40).Select(_ => (float)random.Next(-2, 3)).ToArray())];

        Check(rows, rows[7], row => row % 5 == 0, row => row % 3 == 0, 100, 8);
    }

    [Fact]
    public void Find_SeveralParts_AreSearchedAsOne()
    {
        var random = new Random(6);
        float[][] rows = [.. Enumerable.Range(0, 1_000).Select(_ => Enumerable.Range(0, 8).Select(_ => (float)random.Next(-3, 4)).ToArray())];
        string[] keys = [.. Enumerable.Range(0, 1_000).Select(i => $"{i * 7919 % 1_000:d4}")];
        SearchPart[] parts = [.. rows.Chunk(130).Zip(keys.Chunk(130), (some, named) => VectorBlocks.CreatePart(some, named))];

        var hits = ExactSearch.Find(parts, rows[0], 25, null, 2, Token);

        Assert.Equal(BruteForce(rows, keys, rows[0], _ => true, 25), hits.Select(hit => (hit.Key, hit.Score)));
    }

    [Fact]
    public void Find_OtherDimension_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactSearch.Find([VectorBlocks.CreatePart([[1, 2]])], new float[3], 1, null, 1, Token));

    [Fact]
    public void Dot_AnyVectors_IsTheSumOfTheProducts() =>
        Gen.Int[1, 100].SelectMany(n => Gen.Select(Gen.Float[-1, 1].Array[n], Gen.Float[-1, 1].Array[n])).Sample((x, y) =>
            Assert.Equal(x.Zip(y, (a, b) => (double)a * b).Sum(), VectorMath.Dot(x, y), 1e-12));

    private static void Check(float[][] rows, float[] query, Func<int, bool> isDead, Func<int, bool>? filter, int count, int threads)
    {
        // The rows once more, so that there are equal scores whatever the numbers.
        float[][] twice = [.. rows, .. rows];
        var part = VectorBlocks.CreatePart(twice, isDead: row => isDead(row % rows.Length));

        var hits = ExactSearch.Find([part], query, count, filter is null ? null : (_, row) => filter(row), threads, Token);

        Assert.Equal(
            BruteForce(twice, part.Keys, query, row => !isDead(row % rows.Length) && (filter?.Invoke(row) ?? true), count),
            hits.Select(hit => (hit.Key, hit.Score)));
    }

    private static IEnumerable<(string Key, double Score)> BruteForce(
        float[][] rows, string[] keys, float[] query, Func<int, bool> passes, int count) =>
        Enumerable.Range(0, rows.Length).Where(passes)
            .Select(row => (Key: keys[row], Score: VectorMath.Dot(rows[row], query)))
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Key, StringComparer.Ordinal)
            .Take(count);
}
