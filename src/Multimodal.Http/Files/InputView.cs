using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Views;

namespace Multimodal.Http.Files;

/// <summary>An input as its encoder sees it; what does not apply to its modality is absent.</summary>
/// <param name="Name">The file name.</param>
/// <param name="Modality">What it is.</param>
/// <param name="Facts">What was read of it.</param>
/// <param name="Picture">Its pixels.</param>
/// <param name="Waveform">The recording as it was uploaded; absent where the upload is gone.</param>
/// <param name="Spectrogram">The recording's log-mel spectrogram.</param>
/// <param name="Tokens">The text's tokens.</param>
internal sealed record InputView(
    string Name,
    Modality Modality,
    InputFacts Facts,
    PictureView? Picture,
    WaveformView? Waveform,
    SpectrogramView? Spectrogram,
    IReadOnlyList<TokenView>? Tokens);
