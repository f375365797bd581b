namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Models;

/// <summary>Turns a piece of text into ids of a vocabulary. Safe for concurrent use.</summary>
internal interface ISubwordModel
{
    /// <summary>Appends the ids of a piece.</summary>
    void Encode(ReadOnlySpan<char> piece, List<int> ids);

    /// <summary>The id of a token, or null where the vocabulary lacks it.</summary>
    int? FindId(string token);

    /// <summary>The token of an id, or null.</summary>
    string? FindToken(int id);
}
