namespace Multimodal.Local.Lighter;

/// <summary>How alike vectors are to those of the original.</summary>
/// <param name="Least">The least cosine of an item; what is no number is -1.</param>
/// <param name="Mean">The mean of all.</param>
internal readonly record struct Likeness(double Least, double Mean)
{
    /// <summary>Compares vectors, one by one.</summary>
    public static Likeness Of(IReadOnlyList<float[]> made, IReadOnlyList<float[]> known)
    {
        var cosines = made.Zip(known, Cosine).ToList();
        return made.Count == known.Count && cosines.Count > 0 ? new Likeness(cosines.Min(), cosines.Average()) : new Likeness(-1, -1);
    }

    private static double Cosine(float[] made, float[] known)
    {
        if (made.AsSpan().SequenceEqual(known))
        {
            return 1;
        }

        // In double: what is lost lies beyond a float's seventh digit.
        var (product, first, second) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Math.Min(made.Length, known.Length); i++)
        {
            product += (double)made[i] * known[i];
            first += (double)made[i] * made[i];
            second += (double)known[i] * known[i];
        }

        var cosine = product / Math.Sqrt(first * second);
        return made.Length == known.Length && double.IsFinite(cosine) ? Math.Min(1, cosine) : -1;
    }
}
