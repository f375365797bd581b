namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>A text as tokens.</summary>
/// <param name="Ids">Ids, special tokens and padding included.</param>
/// <param name="TypeIds">Of each, its segment (0 for the first text).</param>
/// <param name="AttentionMask">Of each, 1; 0 where it is padding.</param>
/// <param name="IsCut">Whether the text had more tokens than there is room for.</param>
public sealed record TokenSequence(
    IReadOnlyList<int> Ids, IReadOnlyList<int> TypeIds, IReadOnlyList<int> AttentionMask, bool IsCut);
