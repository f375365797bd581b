using CsCheck;
using Multimodal.Pipeline.Explanation;

namespace Multimodal.Pipeline.Tests.Explanation;

public sealed class ShapleyValuesTests
{
    private static readonly Gen<double[]> Game = Gen.Int[0, 6].SelectMany(players => Gen.Double[-1, 1].Array[1 << players]);

    [Fact]
    public void Compute_AnyGame_SumsToTheWhole() =>
        Game.Sample(values => Assert.Equal(values[^1] - values[0], ShapleyValues.Compute(values).Sum(), 1e-12));

    [Fact]
    public void Compute_AnyGame_IsTheMeanOverAllOrders() =>
        Gen.Int[1, 5].SelectMany(players => Gen.Double[-1, 1].Array[1 << players]).Sample(
            values =>
            {
                var shares = ShapleyValues.Compute(values);
                for (var player = 0; player < shares.Length; player++)
                {
                    Assert.Equal(MeanOverOrders(values, shares.Length, player), shares[player], 1e-12);
                }
            },
            iter: 200);

    [Fact]
    public void Compute_PlayersThatAreAlike_GetTheSame() =>
        Gen.Double[0, 1].Array[5].Sample(bySize =>
        {
            var shares = ShapleyValues.Compute([.. Enumerable.Range(0, 16).Select(subset => bySize[int.PopCount(subset)])]);

            Assert.All(shares, share => Assert.Equal(shares[0], share, 1e-12));
        });

    [Fact]
    public void Compute_PlayerAndItsCopy_GetTheSame() =>
        Gen.Double[0, 1].Array[4].Sample(values =>
        {
            // The third of three players is a copy of the first: whoever of the two is there, the value is that of the first.
            var shares = ShapleyValues.Compute([.. Enumerable.Range(0, 8).Select(subset => values[(subset & 0b011) | (subset >> 2)])]);

            Assert.Equal(shares[0], shares[2], 1e-12);
            Assert.Equal(values[3] - values[0], shares.Sum(), 1e-12);
        });

    [Fact]
    public void Compute_PlayerThatChangesNothing_GetsNothing() =>
        Gen.Double[0, 1].Array[8].Sample(values =>
        {
            // The second of three players is taken out of every subset's value.
            var shares = ShapleyValues.Compute([.. Enumerable.Range(0, 8).Select(subset => values[subset & 0b101])]);

            Assert.Equal(0, shares[1], 1e-12);
        });

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1 << (ShapleyValues.MaximumPlayers + 1))]
    public void Compute_NotAGame_IsRefused(int values) =>
        Assert.Throws<ArgumentException>(() => ShapleyValues.Compute(new double[values]));

    private static double MeanOverOrders(double[] values, int players, int player)
    {
        var (sum, count) = (0.0, 0);
        foreach (var order in Orders([.. Enumerable.Range(0, players)]))
        {
            var before = order.TakeWhile(other => other != player).Sum(other => 1 << other);
            sum += values[before | (1 << player)] - values[before];
            count++;
        }

        return sum / count;
    }

    private static IEnumerable<int[]> Orders(int[] items) =>
        items.Length <= 1
            ? [items]
            : items.SelectMany(first => Orders([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));
}
