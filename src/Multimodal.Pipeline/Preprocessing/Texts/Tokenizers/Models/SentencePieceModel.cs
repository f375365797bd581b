using Microsoft.ML.Tokenizers;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Models;

/// <summary>
/// SentencePiece by the library's model: the segmentation that is likeliest under a unigram model (Kudo 2018), or byte pairs. Neighbours
/// that are both unknown become one, as in the reference; the library leaves them apart.
/// </summary>
internal sealed class SentencePieceModel : ISubwordModel
{
    private readonly SentencePieceTokenizer _model;
    private readonly Vocabulary _vocabulary;
    private readonly bool _normalizes;
    private readonly int _unknown;
    private readonly Func<int, int> _renumber;

    /// <param name="file">The model.</param>
    /// <param name="normalizes">Whether the model's own normalisation is applied; else the pieces come normalised.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <param name="renumber">From the model's ids to the encoder's; null: they are the same.</param>
    /// <param name="names">The encoder's tokens where they differ from the model's.</param>
    /// <exception cref="PipelineException">The library cannot read it.</exception>
    public SentencePieceModel(
        SentencePieceFile file, bool normalizes, string place, Func<int, int>? renumber = null, IReadOnlyDictionary<string, int>? names = null)
    {
        _model = Create(file, place);
        _normalizes = normalizes;
        _renumber = renumber ?? (id => id);
        _unknown = file.UnknownId;
        var ids = new Dictionary<string, int>(file.Pieces.Count);
        for (var id = 0; id < file.Pieces.Count; id++)
        {
            ids.TryAdd(file.Pieces[id].Text, _renumber(id));
        }

        foreach (var (token, id) in names ?? new Dictionary<string, int>())
        {
            ids[token] = id;
        }

        _vocabulary = new Vocabulary(ids);
    }

    public int? FindId(string token) => _vocabulary.Find(token);

    public string? FindToken(int id) => _vocabulary.FindToken(id);

    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        var begin = ids.Count;
        var unknown = _renumber(_unknown);
        foreach (var id in _model.EncodeToIds(
            piece, addBeginningOfSentence: false, addEndOfSentence: false, considerPreTokenization: false, considerNormalization: _normalizes))
        {
            var token = _renumber(id);
            if (token != unknown || ids.Count == begin || ids[^1] != unknown)
            {
                ids.Add(token);
            }
        }
    }

    private static SentencePieceTokenizer Create(SentencePieceFile file, string place)
    {
        try
        {
            return SentencePieceTokenizer.Create(new MemoryStream(file.ToBytes()), addBeginningOfSentence: false, addEndOfSentence: false);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or StackOverflowException))
        {
            throw new PipelineException($"{place} is not a SentencePiece model that can be used: {e.Message}", e);
        }
    }
}
