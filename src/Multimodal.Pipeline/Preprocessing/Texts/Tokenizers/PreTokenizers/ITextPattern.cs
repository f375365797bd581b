namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>What a text is searched for. Safe for concurrent use.</summary>
internal interface ITextPattern
{
    /// <summary>The matches in order, none empty, none over another.</summary>
    /// <param name="text">The text.</param>
    /// <param name="matches">Gets start and end of each.</param>
    void FindAll(ReadOnlySpan<char> text, List<(int Start, int End)> matches);
}
