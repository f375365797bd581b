namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Models;

/// <summary>How a byte-pair model treats the characters of a word.</summary>
internal sealed record BpeOptions
{
    /// <summary>The token for what is not in the vocabulary; null: it is left out.</summary>
    public string? UnknownToken { get; init; }

    /// <summary>Stands before every character but a word's first.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Stands after a word's last character.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>Whether unknown characters side by side become one token.</summary>
    public bool FusesUnknown { get; init; }

    /// <summary>Whether an unknown character becomes the tokens of its bytes, <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>.</summary>
    public bool HasByteFallback { get; init; }

    /// <summary>Whether a word that is in the vocabulary is taken whole.</summary>
    public bool IgnoresMerges { get; init; }
}
