namespace Multimodal.Pipeline.Explanation;

/// <summary>
/// Exact Shapley values: what a player adds to the players that came before it, averaged over every order in which they could come,
/// φ<sub>i</sub> = Σ<sub>S∌i</sub> |S|! (n−|S|−1)! / n! · (v(S∪{i}) − v(S)). They sum to v(all) − v(none).
/// </summary>
public static class ShapleyValues
{
    /// <summary>The most players whose subsets are gone through.</summary>
    public const int MaximumPlayers = 16;

    /// <summary>Computes them.</summary>
    /// <param name="values">The value of each subset; the bits of its index say which players are in it. 2^n of them.</param>
    /// <returns>One value for each player.</returns>
    /// <exception cref="ArgumentException">There are not 2^n values, n at most <see cref="MaximumPlayers"/>.</exception>
    public static double[] Compute(ReadOnlySpan<double> values)
    {
        if (!int.IsPow2(values.Length) || values.Length > 1 << MaximumPlayers)
        {
            throw new ArgumentException($"A game of n players has 2^n subsets, n at most {MaximumPlayers}, not {values.Length}.", nameof(values));
        }

        var players = int.Log2(values.Length);
        var shares = new double[players];
        for (var subset = 0; subset < values.Length; subset++)
        {
            var weight = WeightOf(int.PopCount(subset), players);
            for (var player = 0; player < players; player++)
            {
                if ((subset & (1 << player)) == 0)
                {
                    shares[player] += weight * (values[subset | (1 << player)] - values[subset]);
                }
            }
        }

        return shares;
    }

    // s! (n−s−1)! / n! = 1 / (n · C(n−1, s)): the share of the orders in which exactly these s come before a player.
    private static double WeightOf(int size, int players)
    {
        var combinations = 1.0;
        for (var i = 0; i < size; i++)
        {
            combinations *= (double)(players - 1 - i) / (i + 1);
        }

        return 1 / (players * combinations);
    }
}
