namespace Multimodal.Pipeline.Preprocessing;

/// <summary>What was read of an input; what does not apply to its modality is null.</summary>
public sealed record InputFacts
{
    /// <summary>The media type that the content was recognised as.</summary>
    public required string MediaType { get; init; }

    /// <summary>The size of the file, in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>Width in pixels, after orientation.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels, after orientation.</summary>
    public int? Height { get; init; }

    /// <summary>Samples a second and channel, as recorded.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Channels, as recorded.</summary>
    public int? Channels { get; init; }

    /// <summary>Duration as recorded, in seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>Share of a recording's samples at full scale or beyond, 0 to 1.</summary>
    public double? ClippedShare { get; init; }

    /// <summary>A recording's integrated loudness in LUFS (ITU-R BS.1770-4); null where it is too short or too quiet to have one.</summary>
    public double? Loudness { get; init; }

    /// <summary>Share of a recording's blocks of 20 ms whose level is below -60 dB of full scale, 0 to 1.</summary>
    public double? SilentShare { get; init; }

    /// <summary>Share of a recording that is speech, 0 to 1, where the pipeline has a network for voice activity.</summary>
    public double? SpeechShare { get; init; }

    /// <summary>Characters (Unicode code points) after cleaning.</summary>
    public int? Characters { get; init; }

    /// <summary>Tokens that the encoder sees, special ones included, padding not.</summary>
    public int? Tokens { get; init; }

    /// <summary>The beginning of the cleaned text.</summary>
    public string? Excerpt { get; init; }

    /// <summary>What was done that changes what the encoder sees, such as a cut; empty where nothing was.</summary>
    public IReadOnlyList<string> Notes { get; set; } = [];
}
