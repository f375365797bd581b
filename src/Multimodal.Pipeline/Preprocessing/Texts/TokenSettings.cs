using System.Text.Json.Serialization;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>Text as the tokens of a Hugging Face tokenizer, read from its own files.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TokenSettings : TextSettings
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "tokens";

    /// <summary>
    /// File of the pipeline's folder: <c>tokenizer.json</c>, <c>vocab.json</c> (with <c>merges.txt</c> beside it), <c>vocab.txt</c> or a
    /// SentencePiece <c>*.model</c>. <c>tokenizer_config.json</c>, <c>special_tokens_map.json</c> and <c>added_tokens.json</c> beside it are
    /// read where the pipeline lists them too.
    /// </summary>
    public required string Tokenizer { get; init; }

    /// <summary>
    /// The most tokens, special ones included, 1 to 131,072. Null: the tokenizer's own truncation, else <c>model_max_length</c>, at most 8,192.
    /// </summary>
    public int? MaximumLength { get; init; }

    /// <summary>Whether shorter texts are padded. Null: as the tokenizer's file says.</summary>
    public TokenPadding? Padding { get; init; }

    /// <summary>The Unicode form before the tokenizer's own rules.</summary>
    public TextNormalization Normalization { get; set; }

    /// <summary>Whether control and zero-width characters (Unicode's Cc and Cf, line breaks and tabs apart) are left out.</summary>
    public bool DropInvisible { get; init; }

    /// <summary>
    /// Whether HTML's character references are replaced, twice over, as CLIP's training did. Null: where the tokenizer is CLIP's.
    /// </summary>
    public bool? UnescapeHtml { get; init; }
}
