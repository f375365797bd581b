namespace Multimodal.Pipeline.Speech.Ctc;

/// <summary>
/// A labelling that begins others, as a node of the tree of all that were looked at, with the probability of its alignments up to a step:
/// of those that end with a blank, and of those that end with its last label.
/// </summary>
internal sealed class CtcPrefix(CtcPrefix? parent, int label)
{
    private Dictionary<int, CtcPrefix>? _children;

    /// <summary>Its last label; -1 where it is empty.</summary>
    public int Label => label;

    public double EndsBlank { get; private set; } = double.NegativeInfinity;

    public double EndsLabel { get; private set; } = double.NegativeInfinity;

    public double Total => LogSum.Of(EndsBlank, EndsLabel);

    private double NextBlank { get; set; } = double.NegativeInfinity;

    private double NextLabel { get; set; } = double.NegativeInfinity;

    /// <summary>The empty labelling, before the first step.</summary>
    public static CtcPrefix Root() => new(null, -1) { EndsBlank = 0 };

    /// <summary>The same with a label more.</summary>
    public CtcPrefix Extend(int next)
    {
        _children ??= [];
        return _children.TryGetValue(next, out var child) ? child : _children[next] = new CtcPrefix(this, next);
    }

    /// <summary>Adds alignments that end with a blank at the next step; whether they are its first there.</summary>
    public bool AddBlank(double logarithm)
    {
        var isFirst = IsUntouched && !double.IsNegativeInfinity(logarithm);
        NextBlank = LogSum.Of(NextBlank, logarithm);
        return isFirst;
    }

    /// <summary>Adds alignments that end with its label at the next step; whether they are its first there.</summary>
    public bool AddLabel(double logarithm)
    {
        var isFirst = IsUntouched && !double.IsNegativeInfinity(logarithm);
        NextLabel = LogSum.Of(NextLabel, logarithm);
        return isFirst;
    }

    /// <summary>Makes the next step the present one.</summary>
    public void Advance()
    {
        (EndsBlank, EndsLabel) = (NextBlank, NextLabel);
        (NextBlank, NextLabel) = (double.NegativeInfinity, double.NegativeInfinity);
    }

    /// <summary>Forgets its alignments.</summary>
    public void Clear() => (EndsBlank, EndsLabel) = (double.NegativeInfinity, double.NegativeInfinity);

    /// <summary>Leaves the search; where longer ones hang on it, it stays their beginning.</summary>
    public void Drop()
    {
        Clear();
        if (_children is null or { Count: 0 })
        {
            parent?._children!.Remove(label);
        }
    }

    /// <summary>All of its labels.</summary>
    public List<int> Labels()
    {
        var labels = new List<int>();
        for (var node = this; node.Before is { } before; node = before)
        {
            labels.Add(node.Label);
        }

        labels.Reverse();
        return labels;
    }

    private CtcPrefix? Before => parent;

    private bool IsUntouched => double.IsNegativeInfinity(NextBlank) && double.IsNegativeInfinity(NextLabel);
}
