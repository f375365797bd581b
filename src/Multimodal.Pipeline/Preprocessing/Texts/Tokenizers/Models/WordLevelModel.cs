namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Models;

/// <summary>A token for each word of a list.</summary>
internal sealed class WordLevelModel(Vocabulary vocabulary, int? unknown) : ISubwordModel
{
    public int? FindId(string token) => vocabulary.Find(token);

    public string? FindToken(int id) => vocabulary.FindToken(id);

    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (vocabulary.TryGet(piece, out var id))
        {
            ids.Add(id);
        }
        else if (unknown is { } other)
        {
            ids.Add(other);
        }
    }
}
