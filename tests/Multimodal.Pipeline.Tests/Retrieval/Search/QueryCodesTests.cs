using CsCheck;
using Multimodal.Pipeline.Retrieval.Search;

namespace Multimodal.Pipeline.Tests.Retrieval.Search;

public sealed class QueryCodesTests
{
    private static readonly Gen<(float[][] Rows, float[] Query)> Cases = Gen.Int[1, 70].SelectMany(dimension => Gen.Select(
        VectorBlocks.Number.Array[dimension].Array[VectorBlock.FewestCoded, VectorBlock.FewestCoded + 6], VectorBlocks.Number.Array[dimension]));

    [Fact]
    public void UpperBound_AnyRow_IsNeverBelowItsScore() => Cases.Sample(
        (rows, query) =>
        {
            var block = VectorBlocks.Create(rows);
            var codes = new QueryCodes(query, block);
            for (var row = 0; row < block.Count; row++)
            {
                var score = VectorMath.Dot(block.Row(row), query);
                var dot = ByteKernel.Dot(ref block.Codes[row * block.RowLength], ref codes.Codes[0], block.RowLength);
                var fine = ByteKernel.Dot(ref block.FineCodes[row * block.RowLength], ref codes.Codes[0], block.RowLength);

                Assert.False(codes.UpperBound(dot, block.Scales[row], block.Residuals[row]) < score);
                Assert.False(codes.UpperBound(dot, fine, block.Scales[row], block.FineResiduals[row]) < score);
            }
        },
        iter: 2_000);

    [Fact]
    public void UpperBound_UnitVectors_IsNear()
    {
        var random = new Random(3);
        float[][] rows = [.. Enumerable.Range(0, 1_000).Select(_ => VectorMath.Normalise([.. Enumerable.Range(0, 128).Select(_ => random.NextSingle() - 0.5f)]))];
        var block = VectorBlocks.Create(rows);
        var codes = new QueryCodes(rows[0], block);

        for (var row = 0; row < block.Count; row++)
        {
            var score = VectorMath.Dot(block.Row(row), rows[0]);
            var dot = ByteKernel.Dot(ref block.Codes[row * block.RowLength], ref codes.Codes[0], block.RowLength);
            var fine = ByteKernel.Dot(ref block.FineCodes[row * block.RowLength], ref codes.Codes[0], block.RowLength);
            Assert.InRange(codes.UpperBound(dot, block.Scales[row], block.Residuals[row]) - score, 0, 0.02);
            Assert.InRange(codes.UpperBound(dot, fine, block.Scales[row], block.FineResiduals[row]) - score, 0, 0.0002);
        }
    }

    [Fact]
    public void Dot_ByEveryInstructionSet_IsTheSame() =>
        Gen.Int[1, 9].SelectMany(strides => Gen.Select(Gen.SByte.Array[strides * ByteKernel.Stride], Gen.Short[-4_000, 4_000].Array[strides * ByteKernel.Stride])).Sample(
            (row, query) =>
            {
                var expected = row.Zip(query, (x, y) => x * y).Sum();
                Assert.Equal(expected, ByteKernel.Dot(ref row[0], ref query[0], row.Length));
                Assert.Equal(expected, ByteKernel.DotPortable(ref row[0], ref query[0], row.Length));
            });

    [Fact]
    public void Dot_LargestCodes_FitsItsNumber()
    {
        const int Dimension = 4_096;
        float[][] rows = [.. Enumerable.Repeat(Enumerable.Repeat(1f, Dimension).ToArray(), VectorBlock.FewestCoded)];
        var block = VectorBlocks.Create(rows);
        var codes = new QueryCodes(rows[0], block);

        var dot = ByteKernel.Dot(ref block.Codes[0], ref codes.Codes[0], block.RowLength);

        Assert.Equal(127L * codes.Codes[0] * Dimension, dot);
        Assert.True(dot > int.MaxValue * 0.9);
    }
}
