using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>A log-mel spectrogram of one utterance: trimmed, HTK mel bands, floored and standardised.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LogMelSettings : PreprocessingSettings
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "log-mel";

    /// <inheritdoc/>
    [JsonIgnore]
    public override Modality Modality => Modality.Audio;

    /// <summary>Samples a second that the recording is brought to.</summary>
    public int SampleRate { get; set; } = 8000;

    /// <summary>Length of the Hann window, in samples.</summary>
    public int Window { get; set; } = 200;

    /// <summary>Distance of one frame from the next, in samples.</summary>
    public int Hop { get; set; } = 80;

    /// <summary>Length of the Fourier transform, in samples; at least the window.</summary>
    public int Fft { get; set; } = 256;

    /// <summary>Number of mel bands.</summary>
    public int Mels { get; set; } = 40;

    /// <summary>Lower edge of the lowest band, in hertz.</summary>
    public double MinimumFrequency { get; set; } = 60;

    /// <summary>Upper edge of the highest band, in hertz.</summary>
    public double MaximumFrequency { get; set; } = 3800;

    /// <summary>Energies are raised to at most this far below the loudest, in decibels.</summary>
    public double DynamicRangeDb { get; set; } = 70;

    /// <summary>Leading and trailing parts this far below the loudest block are cut, in decibels.</summary>
    public double TrimDb { get; set; } = 40;

    /// <summary>What tells speech from other sound; null: nothing does.</summary>
    public VoiceActivitySettings? VoiceActivity { get; init; }

    /// <summary>The longest utterance after trimming, in seconds.</summary>
    public double MaximumSeconds { get; set; } = 10;
}
