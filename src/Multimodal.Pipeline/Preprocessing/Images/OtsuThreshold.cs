namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Otsu's threshold (N. Otsu, "A threshold selection method from gray-level histograms", 1979).</summary>
internal static class OtsuThreshold
{
    /// <summary>
    /// The lowest t that maximises the variance between the classes <c>≤ t</c> and <c>&gt; t</c>: n₀ n₁ (m₀ − m₁)², with counts n and
    /// means m in double precision. 0 where there is only one class.
    /// </summary>
    public static int Find(ReadOnlySpan<byte> levels)
    {
        Span<int> histogram = stackalloc int[256];
        histogram.Clear();
        foreach (var level in levels)
        {
            histogram[level]++;
        }

        double count = levels.Length, sum = 0;
        for (var level = 0; level < 256; level++)
        {
            sum += (double)histogram[level] * level;
        }

        double lowCount = 0, lowSum = 0, best = 0;
        var threshold = 0;
        for (var t = 0; t < 256; t++)
        {
            lowCount += histogram[t];
            lowSum += (double)histogram[t] * t;
            var highCount = count - lowCount;
            if (lowCount == 0 || highCount == 0)
            {
                continue;
            }

            var difference = (lowSum / lowCount) - ((sum - lowSum) / highCount);
            var variance = lowCount * highCount * (difference * difference);
            if (variance > best)
            {
                best = variance;
                threshold = t;
            }
        }

        return threshold;
    }
}
