namespace Multimodal.Local.Evaluation.Randomness;

/// <summary>
/// Random numbers by SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
/// Each item has a stream of its own, so that neither the order of the work nor the number of the other items changes what it gets.
/// </summary>
/// <remarks><see cref="Random"/> with a seed may change its numbers with the version of .NET; published figures must not.</remarks>
internal sealed class RandomStream
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private ulong _state;

    private RandomStream(ulong state) => _state = state;

    /// <summary>The stream of one item for one purpose.</summary>
    public static RandomStream For(long seed, RandomPurpose purpose, int item)
    {
        var state = Mix((ulong)seed + Gamma);
        state = Mix(state + (ulong)purpose + Gamma);
        return new RandomStream(Mix(state + (ulong)item + Gamma));
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits() => Mix(_state += Gamma);

    /// <summary>A whole number from 0 to below <paramref name="bound"/>, all equally probable.</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);

        // Lemire, "Fast random integer generation in an interval" (2019): the product's upper half is the number;
        // lower halves below 2^64 mod bound are drawn anew, since they would favour some numbers.
        var range = (ulong)bound;
        var number = Math.BigMul(NextBits(), range, out var low);
        if (low < range)
        {
            var threshold = unchecked(0 - range) % range;
            while (low < threshold)
            {
                number = Math.BigMul(NextBits(), range, out low);
            }
        }

        return (int)number;
    }

    /// <summary><paramref name="count"/> different ones of the numbers from 0 to below <paramref name="population"/>, in random order.</summary>
    public int[] Choose(int count, int population)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, population);
        var numbers = new int[population];
        for (var i = 0; i < population; i++)
        {
            numbers[i] = i;
        }

        // The first steps of Fisher and Yates' shuffle.
        for (var i = 0; i < count; i++)
        {
            var other = i + Next(population - i);
            (numbers[i], numbers[other]) = (numbers[other], numbers[i]);
        }

        return numbers[..count];
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
