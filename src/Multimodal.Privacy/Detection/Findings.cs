namespace Multimodal.Privacy.Detection;

/// <summary>Settles which of several findings stands where they overlap.</summary>
internal static class Findings
{
    /// <summary>
    /// In the order of the text, without overlaps. Where findings overlap, the longest says what all of them together are, since a part of
    /// one that was left would tell of it; of equally long ones the most specific.
    /// </summary>
    /// <param name="found">At least one.</param>
    /// <param name="rankOf">How specific a kind is; less is more.</param>
    public static List<Finding> Settle(List<Finding> found, Func<string, int> rankOf)
    {
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        var settled = new List<Finding>(found.Count);
        var (best, start, end) = (found[0], found[0].Start, found[0].End);
        foreach (var next in found.Skip(1))
        {
            if (next.Start >= end)
            {
                settled.Add(best with { Start = start, End = end });
                (best, start, end) = (next, next.Start, next.End);
                continue;
            }

            var (longest, length) = (best.End - best.Start, next.End - next.Start);
            if (length > longest || (length == longest && rankOf(next.Kind) < rankOf(best.Kind)))
            {
                best = next;
            }

            end = Math.Max(end, next.End);
        }

        settled.Add(best with { Start = start, End = end });
        return settled;
    }
}
