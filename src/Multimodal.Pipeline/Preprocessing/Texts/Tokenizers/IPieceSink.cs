namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>Takes the pieces that a text is split into.</summary>
internal interface IPieceSink
{
    /// <summary>Takes a piece.</summary>
    /// <param name="piece">Valid during the call alone.</param>
    /// <param name="isAtStart">Whether it begins where the whole text does.</param>
    /// <returns>False: no more is wanted.</returns>
    bool Add(ReadOnlySpan<char> piece, bool isAtStart);
}
