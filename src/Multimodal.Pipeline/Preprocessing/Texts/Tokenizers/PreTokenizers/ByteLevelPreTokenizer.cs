using System.Buffers;
using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>GPT-2's: splits at the borders of words where it is to, and writes each piece's bytes as characters.</summary>
internal sealed class ByteLevelPreTokenizer(bool addsSpace, bool splits) : PreTokenizer
{
    private const int OnStack = 256;

    public override bool Split(ReadOnlySpan<char> text, bool isAtStart, IPieceSink sink)
    {
        if (text.IsEmpty || !addsSpace || text[0] == ' ')
        {
            return SplitWords(text, isAtStart, sink);
        }

        var spaced = ArrayPool<char>.Shared.Rent(text.Length + 1);
        try
        {
            spaced[0] = ' ';
            text.CopyTo(spaced.AsSpan(1));
            return SplitWords(spaced.AsSpan(0, text.Length + 1), isAtStart, sink);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(spaced);
        }
    }

    private bool SplitWords(ReadOnlySpan<char> text, bool isAtStart, IPieceSink sink)
    {
        if (!splits)
        {
            return AddBytes(text, isAtStart, sink);
        }

        for (var at = 0; at < text.Length;)
        {
            var end = WordScanners.EndOfGpt2Word(text, at);
            if (!AddBytes(text[at..end], isAtStart && at == 0, sink))
            {
                return false;
            }

            at = end;
        }

        return true;
    }

    private static bool AddBytes(ReadOnlySpan<char> piece, bool isAtStart, IPieceSink sink)
    {
        var most = Encoding.UTF8.GetMaxByteCount(piece.Length);
        var rentedBytes = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var rentedChars = most > OnStack ? ArrayPool<char>.Shared.Rent(most) : null;
        try
        {
            var utf8 = rentedBytes ?? stackalloc byte[OnStack];
            var characters = rentedChars ?? stackalloc char[OnStack];
            var count = Encoding.UTF8.GetBytes(piece, utf8);
            for (var i = 0; i < count; i++)
            {
                characters[i] = ByteCharacters.Of(utf8[i]);
            }

            return sink.Add(characters[..count], isAtStart);
        }
        finally
        {
            if (rentedBytes is not null)
            {
                ArrayPool<byte>.Shared.Return(rentedBytes);
                ArrayPool<char>.Shared.Return(rentedChars!);
            }
        }
    }
}
