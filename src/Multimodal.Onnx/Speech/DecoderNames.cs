namespace Multimodal.Onnx.Speech;

/// <summary>The names that optimum and transformers.js give to the inputs and outputs of decoders.</summary>
internal static class DecoderNames
{
    public const string InputIds = "input_ids";
    public const string EncoderStates = "encoder_hidden_states";
    public const string UseCache = "use_cache_branch";
    public const string CachePosition = "cache_position";
    public const string Logits = "logits";
    public const string Past = "past_key_values.";
    public const string Present = "present.";

    /// <summary>The input that takes what an output gave.</summary>
    public static string PastOf(string present) => Past + present[Present.Length..];

    /// <summary>Whether keys and values are those of what the encoder heard, which do not change from token to token.</summary>
    public static bool IsOfEncoder(string name) => name.Contains(".encoder.", StringComparison.Ordinal);
}
