namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>What a tokenizer's files say about truncation and padding.</summary>
internal sealed record TokenizerDefaults
{
    /// <summary>The most tokens, special ones included; null: not said.</summary>
    public int? MaximumLength { get; init; }

    /// <summary>Whether what is too long loses its beginning.</summary>
    public bool CutsLeft { get; init; }

    /// <summary>The length that every text is padded to; null: none.</summary>
    public int? PaddedLength { get; init; }

    /// <summary>Texts are padded to a multiple of this; null: not.</summary>
    public int? PaddedMultiple { get; init; }

    /// <summary>Whether padding stands before the text.</summary>
    public bool PadsLeft { get; init; }

    /// <summary>The id of padding; null: none is said.</summary>
    public int? PaddingId { get; init; }

    /// <summary>The type of padding.</summary>
    public int PaddingType { get; init; }
}
