namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>Splits a text into the pieces that a model sees one by one. Safe for concurrent use.</summary>
internal abstract class PreTokenizer
{
    /// <summary>Hands the pieces over, in order.</summary>
    /// <returns>False: the sink wants no more.</returns>
    public abstract bool Split(ReadOnlySpan<char> text, bool isAtStart, IPieceSink sink);
}
