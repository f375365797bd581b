namespace Multimodal.Pipeline.Preprocessing.Views;

/// <summary>The waveform of a recording as it was uploaded, its channels averaged, reduced to as many columns as a screen shows.</summary>
/// <param name="Seconds">The recording's duration.</param>
/// <param name="Lows">The least sample of each column, full scale −1 to 1.</param>
/// <param name="Highs">The greatest sample of each column.</param>
public sealed record WaveformView(double Seconds, IReadOnlyList<float> Lows, IReadOnlyList<float> Highs)
{
    /// <summary>Where the part begins that the encoder hears, in seconds; null where it is not known.</summary>
    public double? HeardFrom { get; init; }

    /// <summary>Where it ends, in seconds.</summary>
    public double? HeardTo { get; init; }
}
