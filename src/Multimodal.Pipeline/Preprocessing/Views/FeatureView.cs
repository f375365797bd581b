namespace Multimodal.Pipeline.Preprocessing.Views;

/// <summary>What an encoder sees of an input, in values that can be shown; what does not apply to its modality is null.</summary>
public sealed record FeatureView
{
    /// <summary>An image.</summary>
    public PictureView? Picture { get; init; }

    /// <summary>A recording, as its spectrogram.</summary>
    public SpectrogramView? Spectrogram { get; init; }

    /// <summary>A recording, as it was uploaded; null where the upload is gone.</summary>
    public WaveformView? Waveform { get; init; }

    /// <summary>A text, token by token.</summary>
    public IReadOnlyList<TokenView>? Tokens { get; init; }
}
