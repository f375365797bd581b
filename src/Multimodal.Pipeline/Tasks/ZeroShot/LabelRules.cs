namespace Multimodal.Pipeline.Tasks.ZeroShot;

/// <summary>What labels that are given as texts must be.</summary>
public static class LabelRules
{
    /// <summary>The most labels.</summary>
    public const int MaximumCount = 1000;

    /// <summary>The longest label, in UTF-16 code units.</summary>
    public const int MaximumLength = 200;

    /// <summary>Says why labels are refused, or null where they are good: some, distinct, none blank, too long or with control characters.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="minimum">The fewest.</param>
    public static string? FindFault(IReadOnlyList<string> labels, int minimum)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count < minimum || labels.Count > MaximumCount)
        {
            return $"there are {labels.Count} labels; give {minimum} to {MaximumCount}";
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < labels.Count; i++)
        {
            var label = labels[i];
            if (string.IsNullOrWhiteSpace(label))
            {
                return $"label {i + 1} is blank";
            }

            if (label.Length > MaximumLength)
            {
                return $"label {i + 1} has {label.Length} characters; at most {MaximumLength} are taken";
            }

            if (label.Any(char.IsControl))
            {
                return $"label {i + 1} has control characters";
            }

            if (!seen.Add(label))
            {
                return $"label {i + 1} stands there twice";
            }
        }

        return null;
    }
}
