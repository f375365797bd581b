using System.Text.Json.Serialization;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Audio.Voice;

/// <summary>
/// A recurrent network that tells speech from other sound, window by window. The defaults are the names and sizes of Silero VAD 5 at 16 kHz.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record VoiceActivitySettings
{
    /// <summary>File of the pipeline's folder that holds the network.</summary>
    public required string Model { get; init; }

    /// <summary>Its input of samples, float32 [1, <see cref="Context"/> + <see cref="Window"/>].</summary>
    public string Input { get; set; } = "input";

    /// <summary>Its output, float32 with one value: the probability of speech.</summary>
    public string Output { get; set; } = "output";

    /// <summary>Its states, float32: the name of each input, and of the output that is given to it the next time. They begin with zeros.</summary>
    public IReadOnlyDictionary<string, string> States { get; set; } = new Dictionary<string, string> { ["state"] = "stateN" };

    /// <summary>Its input that takes the sample rate, int64 with one value; empty where it has none.</summary>
    public string SampleRateInput { get; set; } = "sr";

    /// <summary>Samples a second that it hears.</summary>
    public int SampleRate { get; set; } = 16_000;

    /// <summary>New samples of each window.</summary>
    public int Window { get; set; } = 512;

    /// <summary>Samples of the window before that are heard again, 0 or more.</summary>
    public int Context { get; set; } = 64;

    /// <summary>A window is speech where its probability is this or more.</summary>
    public double Threshold { get; set; } = 0.5;

    /// <summary>Whether the encoder hears only what lies between the first window of speech and the last, with <see cref="Margin"/> around.</summary>
    public bool Trim { get; set; }

    /// <summary>Seconds that are kept before the first window of speech and after the last, where <see cref="Trim"/> is set.</summary>
    public double Margin { get; set; } = 0.2;

    /// <exception cref="PipelineException">A setting is out of range.</exception>
    internal void Validate(string kind)
    {
        SettingsGuard.InRange(kind, "voiceActivity.sampleRate", SampleRate, 1000, Resampler.MaximumRate);
        SettingsGuard.InRange(kind, "voiceActivity.window", Window, 16, 1 << 20);
        SettingsGuard.InRange(kind, "voiceActivity.context", Context, 0, Window);
        SettingsGuard.InRange(kind, "voiceActivity.threshold", Threshold, 0, 1);
        SettingsGuard.InRange(kind, "voiceActivity.margin", Margin, 0, 60);
    }
}
