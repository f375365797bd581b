namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>How a tensor's last two dimensions are read as a spectrogram.</summary>
/// <param name="BandsFirst">Whether they are [bands, frames], else [frames, bands].</param>
/// <param name="MinimumFrequency">Lower edge of the lowest band, in hertz.</param>
/// <param name="MaximumFrequency">Upper edge of the highest band, in hertz.</param>
internal sealed record SpectrogramLayout(bool BandsFirst, double MinimumFrequency, double MaximumFrequency);
