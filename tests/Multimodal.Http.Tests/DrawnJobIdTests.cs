using System.Buffers.Binary;
using System.Numerics;
using Multimodal.Http.Submission;

namespace Multimodal.Http.Tests;

public sealed class DrawnJobIdTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Draw_ManyAtOnce_DifferInAllOfTheirRandomBits()
    {
        var ids = Enumerable.Range(0, 2000).Select(_ => Convert.FromHexString(DrawnJobId.Draw(Now).Value)).ToList();

        Assert.Equal(2000, ids.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(ids, id => Assert.Equal((7, 2), (id[6] >> 4, id[8] >> 6)));

        // 74 bits, each of them set about half of the time, for half of 2,000 within eight standard deviations.
        var counts = new int[128];
        foreach (var id in ids)
        {
            for (var bit = 0; bit < counts.Length; bit++)
            {
                counts[bit] += (id[bit / 8] >> (7 - (bit % 8))) & 1;
            }
        }

        Assert.Equal(74, counts.Count(count => count is > 820 and < 1180));
    }

    [Fact]
    public void Draw_Later_SortsBehind()
    {
        var (one, other) = (DrawnJobId.Draw(Now), DrawnJobId.Draw(Now.AddMilliseconds(1)));

        Assert.True(string.CompareOrdinal(one.Value, other.Value) < 0);
        Assert.Equal((ulong)Now.ToUnixTimeMilliseconds(), BinaryPrimitives.ReadUInt64BigEndian(Convert.FromHexString(one.Value)) >> 16);
        Assert.NotEqual(0, BitOperations.PopCount(BinaryPrimitives.ReadUInt64BigEndian(Convert.FromHexString(one.Value).AsSpan(8))));
    }
}
