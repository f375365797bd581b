using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Multimodal.Pipeline.Retrieval.Search;

/// <summary>Dot products of rows of 8-bit codes with a query of 16-bit codes, in whole numbers, so without rounding.</summary>
internal static class ByteKernel
{
    /// <summary>The length of a row of codes is a multiple of this; what is beyond the dimension is 0.</summary>
    public const int Stride = 32;

    /// <summary>The row length for a dimension.</summary>
    public static int RowLength(int dimension) => (dimension + Stride - 1) / Stride * Stride;

    /// <summary>The dot product of one row with the query. What keeps 32-bit sums from overflowing is the query's range.</summary>
    /// <param name="row">The row's first code; a whole row follows.</param>
    /// <param name="query">The query's first code; as many follow.</param>
    /// <param name="length">The row length, a multiple of <see cref="Stride"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Dot(ref sbyte row, ref short query, int length)
    {
        if (Avx512BW.IsSupported)
        {
            var sum = Vector512<int>.Zero;
            for (nuint i = 0; i < (nuint)length; i += 32)
            {
                var codes = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref row, i));
                sum += Avx512BW.MultiplyAddAdjacent(codes, Vector512.LoadUnsafe(ref query, i));
            }

            return Vector512.Sum(sum);
        }

        if (Avx2.IsSupported)
        {
            var (sum, other) = (Vector256<int>.Zero, Vector256<int>.Zero);
            for (nuint i = 0; i < (nuint)length; i += 32)
            {
                var low = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row, i));
                var high = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row, i + 16));
                sum += Avx2.MultiplyAddAdjacent(low, Vector256.LoadUnsafe(ref query, i));
                other += Avx2.MultiplyAddAdjacent(high, Vector256.LoadUnsafe(ref query, i + 16));
            }

            return Vector256.Sum(sum + other);
        }

        return DotPortable(ref row, ref query, length);
    }

    /// <summary>The same by instructions that every processor has; a processor without vectors computes them one by one.</summary>
    public static int DotPortable(ref sbyte row, ref short query, int length)
    {
        var (sum, other) = (Vector128<int>.Zero, Vector128<int>.Zero);
        for (nuint i = 0; i < (nuint)length; i += 16)
        {
            var codes = Vector128.LoadUnsafe(ref row, i);
            Accumulate(Vector128.WidenLower(codes), Vector128.LoadUnsafe(ref query, i), ref sum, ref other);
            Accumulate(Vector128.WidenUpper(codes), Vector128.LoadUnsafe(ref query, i + 8), ref sum, ref other);
        }

        return Vector128.Sum(sum + other);
    }

    private static void Accumulate(Vector128<short> x, Vector128<short> y, ref Vector128<int> sum, ref Vector128<int> other)
    {
        sum += Vector128.WidenLower(x) * Vector128.WidenLower(y);
        other += Vector128.WidenUpper(x) * Vector128.WidenUpper(y);
    }
}
