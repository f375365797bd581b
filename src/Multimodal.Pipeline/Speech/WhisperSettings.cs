using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Speech;

/// <summary>
/// A decoder in Whisper's layout (A. Radford et al., "Robust speech recognition via large-scale weak supervision", 2022), as optimum and
/// transformers.js export it: it writes one token after another, looking at what the encoder heard.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WhisperSettings : TranscriptionSettings
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "whisper";

    private const int WidestBeam = 32;

    /// <summary>
    /// The decoder's ONNX file, relative to the pipeline's folder: <c>decoder_model_merged.onnx</c>, or <c>decoder_model.onnx</c> of a pair.
    /// </summary>
    public required string Decoder { get; init; }

    /// <summary>The pair's second, <c>decoder_with_past_model.onnx</c>; null where there is one file.</summary>
    public string? DecoderWithPast { get; init; }

    /// <summary>The encoder's output that the decoder looks at.</summary>
    public string States { get; set; } = "last_hidden_state";

    /// <summary>The file with the special tokens' ids and what is suppressed.</summary>
    public string Generation { get; set; } = "generation_config.json";

    /// <summary>The tokenizer's file.</summary>
    public string Tokenizer { get; set; } = "tokenizer.json";

    /// <summary>The language that is spoken, as <c>en</c>; null: it is found out, where the model knows several.</summary>
    public string? Language { get; init; }

    /// <summary><c>transcribe</c>, or <c>translate</c> into English; models of one language know neither.</summary>
    public string Task { get; set; } = "transcribe";

    /// <summary>Whether the text is cut into segments with times.</summary>
    public bool Timestamps { get; set; } = true;

    /// <summary>How many texts the search follows, 1 to 32; 1: the likeliest token is taken each time.</summary>
    public int Beam { get; set; } = 1;

    /// <summary>
    /// The exponent α, 0 to 1, of the length penalty ((5 + length) / 6)^α that log-probabilities are divided by (Y. Wu et al., 2016) before
    /// the search chooses; null: they are divided by the length.
    /// </summary>
    public double? LengthPenalty { get; init; }

    /// <summary>The most tokens of a window's text; null: half of what the decoder has room for.</summary>
    public int? MaximumTokens { get; init; }

    /// <summary>A window is silent where nobody speaks in it with more than this probability, and the text is unlikely as well.</summary>
    public double NoSpeechThreshold { get; set; } = 0.6;

    /// <summary>A text is unlikely where the mean log-probability of its tokens is below this.</summary>
    public double LogProbabilityThreshold { get; set; } = -1;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<string> Files =>
        DecoderWithPast is null ? [Decoder, Generation, Tokenizer] : [Decoder, DecoderWithPast, Generation, Tokenizer];

    internal override IEnumerable<string> FindFaults()
    {
        if (Decoder.Length == 0 || States.Length == 0)
        {
            yield return "decoder and states must be named.";
        }

        if (Beam is < 1 or > WidestBeam)
        {
            yield return $"beam must be 1 to {WidestBeam}, not {Beam}.";
        }

        if (LengthPenalty is not (null or (>= 0 and <= 1)))
        {
            yield return $"lengthPenalty must be 0 to 1, not {LengthPenalty}.";
        }

        if (MaximumTokens is not (null or (>= 1 and <= 65_536)))
        {
            yield return $"maximumTokens must be 1 to 65536, not {MaximumTokens}.";
        }

        if (!(NoSpeechThreshold is >= 0 and <= 1))
        {
            yield return $"noSpeechThreshold must be 0 to 1, not {NoSpeechThreshold}.";
        }

        if (!(LogProbabilityThreshold <= 0))
        {
            yield return $"logProbabilityThreshold must be 0 or less, not {LogProbabilityThreshold}.";
        }

        if (Task is not ("transcribe" or "translate"))
        {
            yield return $"task must be transcribe or translate, not '{Task}'.";
        }
    }
}
