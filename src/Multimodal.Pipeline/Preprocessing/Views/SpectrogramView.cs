namespace Multimodal.Pipeline.Preprocessing.Views;

/// <summary>A spectrogram as its encoder sees it, in values that can be shown.</summary>
/// <param name="Bands">Frequency bands, the lowest first.</param>
/// <param name="Frames">Points in time.</param>
/// <param name="Levels">Band by band, 0 (<paramref name="Minimum"/>) to 255 (<paramref name="Maximum"/>), linear between; in JSON in Base64.</param>
/// <param name="Minimum">The lowest level, in the encoder's own units.</param>
/// <param name="Maximum">The highest level, in the encoder's own units.</param>
public sealed record SpectrogramView(int Bands, int Frames, byte[] Levels, double Minimum, double Maximum)
{
    /// <summary>Lower edge of the lowest band, in hertz; null where it is not known.</summary>
    public double? MinimumFrequency { get; init; }

    /// <summary>Upper edge of the highest band, in hertz; null where it is not known.</summary>
    public double? MaximumFrequency { get; init; }
}
