using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Models;

/// <summary>WordPiece: the longest token that a word begins with, then the longest that goes on, by the library's model.</summary>
internal sealed class WordPieceModel : ISubwordModel
{
    private readonly Vocabulary _vocabulary;
    private readonly WordPieceTokenizer _model;
    private readonly int _maximumCharacters;
    private readonly int _unknown;

    /// <exception cref="PipelineException">The vocabulary lacks the token for unknown words, or holds a line break.</exception>
    public WordPieceModel(Vocabulary vocabulary, string unknownToken, string continuation, int maximumCharacters, string place)
    {
        _unknown = vocabulary.Find(unknownToken) ?? throw new PipelineException($"{place}: the vocabulary lacks \"{unknownToken}\".");
        _vocabulary = vocabulary;
        _maximumCharacters = maximumCharacters;

        // The library takes a vocabulary as lines, whose numbers are the ids. It counts code units, the reference code points.
        var lines = new StringBuilder();
        for (var id = 0; id < vocabulary.Tokens.Count; id++)
        {
            var token = vocabulary.Tokens[id] ?? string.Create(CultureInfo.InvariantCulture, $"[no token {id}]");
            if (token.AsSpan().ContainsAny('\r', '\n'))
            {
                throw new PipelineException($"{place}: the token {id} holds a line break.");
            }

            lines.Append(token).Append('\n');
        }

        _model = WordPieceTokenizer.Create(
            new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString())),
            new WordPieceOptions
            {
                UnknownToken = unknownToken,
                ContinuingSubwordPrefix = continuation,
                MaxInputCharsPerWord = 2 * maximumCharacters,
            });
    }

    public int? FindId(string token) => _vocabulary.Find(token);

    public string? FindToken(int id) => _vocabulary.FindToken(id);

    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        if (piece.Length > _maximumCharacters && CountCharacters(piece) > _maximumCharacters)
        {
            ids.Add(_unknown);
            return;
        }

        ids.AddRange(_model.EncodeToIds(piece, considerPreTokenization: false, considerNormalization: false));
    }

    private static int CountCharacters(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
