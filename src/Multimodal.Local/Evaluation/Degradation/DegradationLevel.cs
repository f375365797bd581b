namespace Multimodal.Local.Evaluation.Degradation;

/// <summary>How strongly items are degraded: 0 leaves them clean, 1 is the strength that the published figures are of.</summary>
internal sealed record DegradationLevel
{
    /// <summary>The strongest level.</summary>
    public const double Maximum = 2;

    /// <summary>Takes a level of 0 to <see cref="Maximum"/>.</summary>
    public DegradationLevel(double value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Maximum);
        Value = value;
    }

    /// <summary>The level X.</summary>
    public double Value { get; }

    /// <summary>The share of the variance, 0 to 1, that a picture's kept principal components hold at least: 1 − 0.75 X.</summary>
    public double Variance => Math.Max(0, 1 - (0.75 * Value));

    /// <summary>The side in pixels of the square that is set to zero: 8 X, rounded.</summary>
    public int SquareSide => (int)Math.Round(8 * Value);

    /// <summary>The effective amplitude of the interference, as a ratio to the speech's: X, so 0 dB at 1.</summary>
    public double Interference => Value;

    /// <summary>The share, 0 to 1, of a text's letters and digits that are replaced: 0.4 X, at most 1.</summary>
    public double Characters => Math.Min(1, 0.4 * Value);
}
