using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>A recording as a Hugging Face feature extractor makes it ready for its model.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AudioSettings : PreprocessingSettings
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "audio";

    /// <inheritdoc/>
    [JsonIgnore]
    public override Modality Modality => Modality.Audio;

    /// <summary>File of the pipeline's folder that configures the extractor, as <see cref="FeatureExtractorConfig.Load"/> reads it.</summary>
    public required string Config { get; init; }

    /// <summary>
    /// Length of the windows that a recording is cut into, in seconds, at most what the encoder hears at once. The encoder then encodes each,
    /// and the embedding is the mean of theirs. Null: the recording is one item, cut off where the extractor cuts it.
    /// </summary>
    public double? WindowSeconds { get; init; }

    /// <summary>From the beginning of one window to that of the next, in seconds; null: windows follow each other without overlap.</summary>
    public double? HopSeconds { get; init; }

    /// <summary>The most windows; of a longer recording the beginning is heard, and the facts say so.</summary>
    public int MaximumWindows { get; set; } = 64;

    /// <summary>What tells speech from other sound; null: nothing does.</summary>
    public VoiceActivitySettings? VoiceActivity { get; init; }
}
