namespace Multimodal.Pipeline.Retrieval.Search;

/// <summary>A query in 16-bit codes, and how far a score by codes can be from the exact one.</summary>
/// <remarks>
/// <para>
/// Let y be the query, g = round(y / t) its codes, f = y − t·g what they leave out; x, s, c and e as in <see cref="VectorBlock"/>.
/// With y = t·g + f and x = s·c + e,
/// </para>
/// <para><c>y·x = t·s·(g·c) + t·(g·e) + f·x</c>,</para>
/// <para>
/// so by the inequality of Cauchy and Schwarz <c>|y·x − t·s·(g·c)| ≤ ‖t·g‖·‖e‖ + ‖f‖·‖x‖</c>, and with the fine codes, where
/// e = u·d + e', <c>|y·x − t·s·(g·c) − t·u·(g·d)| ≤ ‖t·g‖·‖e'‖ + ‖f‖·‖x‖</c>.
/// </para>
/// <para>
/// The whole numbers g·c and g·d are summed without rounding; they fit 32 bits, because |gᵢ| &lt; 2³¹ / (127·n). What is rounded in double
/// precision are the exact score (<see cref="VectorMath.Dot"/>, n·2⁻⁵²·‖x‖·‖y‖) and the few operations that make the bound, on
/// numbers of at most 8·‖x‖·‖y‖; the slack of (n + 64)·2⁻⁵¹·‖x‖·‖y‖ covers both twice over. The norms ‖e‖, ‖e'‖, ‖f‖ and ‖t·g‖
/// are taken too large by <see cref="Inflation"/>, for they were rounded too. So no bound is below the exact score as it is computed.
/// </para>
/// </remarks>
internal sealed class QueryCodes
{
    /// <summary>What norms are multiplied by, so that rounding, 2⁻²⁴ of each element and n·2⁻⁵² of the sum, never makes them too small.</summary>
    public const double Inflation = 1 + 1e-6;

    private readonly double _scale;
    private readonly double _codedNorm;
    private readonly double _fixed;

    /// <summary>Encodes a query for one block; finite numbers.</summary>
    public QueryCodes(ReadOnlySpan<float> query, VectorBlock block)
    {
        Codes = new short[block.RowLength];
        var largest = Math.Min(short.MaxValue, int.MaxValue / (128 * block.RowLength));
        var peak = 0.0;
        foreach (var value in query)
        {
            peak = Math.Max(peak, Math.Abs((double)value));
        }

        _scale = peak / largest;
        var (coded, left) = (0.0, 0.0);
        for (var i = 0; i < query.Length; i++)
        {
            var code = _scale > 0 ? Math.Clamp(Math.Round(query[i] / _scale), -largest, largest) : 0;
            Codes[i] = (short)code;
            coded += code * _scale * code * _scale;
            left += (query[i] - (code * _scale)) * (query[i] - (code * _scale));
        }

        var norm = VectorMath.Norm(query);
        _codedNorm = Math.Sqrt(coded) * Inflation;
        _fixed = (Math.Sqrt(left) * Inflation * block.LargestNorm) + Slack(query.Length, norm, block.LargestNorm);
    }

    /// <summary>The codes, as many as a row has.</summary>
    public short[] Codes { get; }

    /// <summary>The largest score that a row can have, by its codes.</summary>
    /// <param name="dot">The dot product of the codes.</param>
    /// <param name="scale">The row's <see cref="VectorBlock.Scales"/>.</param>
    /// <param name="residual">The row's <see cref="VectorBlock.Residuals"/>.</param>
    public double UpperBound(int dot, float scale, float residual) => (dot * (_scale * scale)) + (_codedNorm * residual) + _fixed;

    /// <summary>The largest score that a row can have, by its codes and fine codes.</summary>
    /// <param name="dot">The dot product of the codes.</param>
    /// <param name="fineDot">The dot product of the fine codes.</param>
    /// <param name="scale">The row's <see cref="VectorBlock.Scales"/>.</param>
    /// <param name="fineResidual">The row's <see cref="VectorBlock.FineResiduals"/>.</param>
    public double UpperBound(int dot, int fineDot, float scale, float fineResidual) =>
        (dot * (_scale * scale)) + (fineDot * (_scale * (scale / VectorBlock.FineSteps))) + (_codedNorm * fineResidual) + _fixed;

    private static double Slack(int dimension, double norm, double otherNorm) => (dimension + 64) * Math.ScaleB(1, -51) * norm * otherNorm;
}
