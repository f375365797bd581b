using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Multimodal.Pipeline.Retrieval.Search;

/// <summary>
/// Vectors of one dimension, never changed, with copies in 8-bit codes for the first passes of a search: a quarter of the bytes.
/// </summary>
/// <remarks>
/// Of a row x, c = round(x / s) with s = max|xᵢ| / 127 are its codes, and e = x − s·c is what they leave out. No element of e is
/// beyond s / 2, so d = round(e / u) with u = s / 254 are 8-bit codes again, the fine ones, which leave out e' = e − u·d.
/// The block keeps s, and ‖e‖ and ‖e'‖ rounded up, of each row; <see cref="QueryCodes"/> bounds with them how far a score by
/// codes can be from the exact one.
/// </remarks>
internal sealed class VectorBlock
{
    /// <summary>Fewer rows are as fast without codes.</summary>
    public const int FewestCoded = 64;

    /// <summary>How many fine steps make one step.</summary>
    public const float FineSteps = 254;

    private const int LargestCode = 127;

    // Below this a quotient could overflow; the row is then coded as zeros, and all of it is left out.
    private const float SmallestScale = 1e-30f;
    private readonly ReadOnlyMemory<byte> _rows;

    /// <summary>Takes vectors [count, dimension], row by row; finite numbers of single precision, little-endian.</summary>
    public VectorBlock(ReadOnlyMemory<byte> rows, int count, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Length, checked(count * dimension * sizeof(float)));
        _rows = rows;
        Count = count;
        Dimension = dimension;
        RowLength = ByteKernel.RowLength(dimension);
        var coded = count >= FewestCoded ? count : 0;
        Codes = new sbyte[checked(coded * RowLength)];
        FineCodes = new sbyte[Codes.Length];
        Scales = new float[coded];
        Residuals = new float[coded];
        FineResiduals = new float[coded];
        Encode(coded > 0);
    }

    /// <summary>How many vectors there are.</summary>
    public int Count { get; }

    /// <summary>Numbers in a vector.</summary>
    public int Dimension { get; }

    /// <summary>Codes in a row.</summary>
    public int RowLength { get; }

    /// <summary>Whether there are codes.</summary>
    public bool IsCoded => Codes.Length > 0;

    /// <summary>The codes c [count, row length].</summary>
    public sbyte[] Codes { get; }

    /// <summary>The fine codes d [count, row length].</summary>
    public sbyte[] FineCodes { get; }

    /// <summary>Each row's step s.</summary>
    public float[] Scales { get; }

    /// <summary>Each row's ‖e‖, rounded up.</summary>
    public float[] Residuals { get; }

    /// <summary>Each row's ‖e'‖, rounded up.</summary>
    public float[] FineResiduals { get; }

    /// <summary>The largest norm of all rows.</summary>
    public double LargestNorm { get; private set; }

    /// <summary>All vectors, row by row.</summary>
    public ReadOnlySpan<float> Values => MemoryMarshal.Cast<byte, float>(_rows.Span);

    /// <summary>A row's vector.</summary>
    public ReadOnlySpan<float> Row(int row) => Values.Slice(row * Dimension, Dimension);

    private void Encode(bool coded)
    {
        var values = Values;
        var (left, work) = (new float[Dimension], new float[Dimension]);
        for (var row = 0; row < Count; row++)
        {
            var vector = values.Slice(row * Dimension, Dimension);
            LargestNorm = Math.Max(LargestNorm, VectorMath.Norm(vector));
            if (coded)
            {
                EncodeRow(row, vector, left, work);
            }
        }
    }

    private void EncodeRow(int row, ReadOnlySpan<float> vector, Span<float> left, Span<float> work)
    {
        var step = Math.Abs(TensorPrimitives.MaxMagnitude(vector)) / LargestCode;
        Scales[row] = step < SmallestScale ? 0 : step;
        vector.CopyTo(left);
        var residual = Encode(Codes.AsSpan(row * RowLength, Dimension), Scales[row], left, work);
        var fineResidual = Encode(FineCodes.AsSpan(row * RowLength, Dimension), Scales[row] / FineSteps, left, work);
        Residuals[row] = VectorMath.RoundUp(residual);

        // What the fine codes were made of was rounded itself, by 2⁻²⁴ of it at most.
        FineResiduals[row] = VectorMath.RoundUp(fineResidual + Math.ScaleB(residual, -23));
    }

    /// <summary>Codes numbers by a step, and leaves of them what the codes leave out; gives its norm, not too small.</summary>
    private static double Encode(Span<sbyte> codes, float step, Span<float> numbers, Span<float> work)
    {
        if (step > 0)
        {
            TensorPrimitives.Divide(numbers, step, work);
            TensorPrimitives.Round(work, work);
            TensorPrimitives.Clamp(work, -LargestCode, LargestCode, work);
            TensorPrimitives.ConvertTruncating<float, sbyte>(work, codes);

            // Fused, so that each number that is left is rounded only once.
            TensorPrimitives.FusedMultiplyAdd(work, -step, numbers, numbers);
        }

        return VectorMath.Norm(numbers) * QueryCodes.Inflation;
    }
}
