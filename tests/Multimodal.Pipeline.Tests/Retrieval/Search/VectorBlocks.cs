using System.Runtime.InteropServices;
using CsCheck;
using Multimodal.Pipeline.Retrieval.Search;

namespace Multimodal.Pipeline.Tests.Retrieval.Search;

/// <summary>Vectors for tests, as blocks.</summary>
internal static class VectorBlocks
{
    /// <summary>Numbers of very different sizes, zero and the smallest among them.</summary>
    public static Gen<float> Number { get; } = Gen.Frequency(
        (8, Gen.Float[-1, 1]),
        (2, Gen.Select(Gen.Float[-1, 1], Gen.Int[-30, 30], (value, exponent) => MathF.ScaleB(value, exponent))),
        (1, OneOf(0, float.Epsilon, 1e-38f, float.MaxValue, float.MinValue, 1)));

    /// <summary>One of some values.</summary>
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static VectorBlock Create(float[][] rows) =>
        new(MemoryMarshal.AsBytes(rows.SelectMany(row => row).ToArray().AsSpan()).ToArray(), rows.Length, rows[0].Length);

    public static SearchPart CreatePart(float[][] rows, string[]? keys = null, Func<int, bool>? isDead = null)
    {
        var dead = new ulong[(rows.Length + 63) / 64];
        for (var row = 0; row < rows.Length; row++)
        {
            dead[row >> 6] |= isDead?.Invoke(row) ?? false ? 1UL << row : 0;
        }

        return new SearchPart(Create(rows), keys ?? [.. rows.Select((_, i) => $"{i:d8}")], isDead is null ? null : dead);
    }
}
