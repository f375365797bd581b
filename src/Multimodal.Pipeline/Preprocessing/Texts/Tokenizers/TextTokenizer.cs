using System.Runtime.InteropServices;
using System.Text;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Models;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Normalizers;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>
/// Turns texts into token ids as a model's own tokenizer does: added tokens are found, the rest is normalised, split into pieces, and
/// each piece encoded by the model; special tokens are set around it. Safe for concurrent use.
/// </summary>
public sealed class TextTokenizer
{
    /// <summary>The most tokens where no file says how many the model takes.</summary>
    public const int GreatestDefaultLength = 8192;

    private readonly ISubwordModel _model;
    private readonly ITextNormalizer? _normalizer;
    private readonly PreTokenizer? _preTokenizer;
    private readonly TokenTemplate _template;
    private readonly TokenizerDefaults _defaults;
    private readonly Dictionary<int, string> _added;
    private readonly AddedTokenFinder _raw;
    private readonly AddedTokenFinder _normalized;

    internal TextTokenizer(
        ISubwordModel model,
        IReadOnlyList<AddedToken> added,
        ITextNormalizer? normalizer,
        PreTokenizer? preTokenizer,
        TokenTemplate template,
        TokenizerDefaults defaults,
        TokenizerConfig config)
    {
        _model = model;
        _normalizer = normalizer;
        _preTokenizer = preTokenizer;
        _template = template;
        _defaults = defaults;
        _added = [];
        foreach (var token in added)
        {
            _added[token.Id] = token.Content;
        }

        _raw = new AddedTokenFinder(added.Where(token => !token.Normalized).Select(token => (token.Content, token)));
        _normalized = new AddedTokenFinder(
            added.Where(token => token.Normalized).Select(token => (normalizer?.Normalize(token.Content) ?? token.Content, token)));
        PaddingId = defaults.PaddingId ?? FindPadding(config);
        IsClip = model is BpeModel { EndsWords: true } && FindId("<|startoftext|>") is not null;
    }

    /// <summary>The most tokens of a text, special ones included, where nothing else is asked for.</summary>
    public int MaximumLength => Math.Min(_defaults.MaximumLength ?? GreatestDefaultLength, GreatestDefaultLength);

    /// <summary>The number of special tokens around a text.</summary>
    public int SpecialTokens => _template.Count;

    /// <summary>The id of padding.</summary>
    public int PaddingId { get; }

    /// <summary>Whether it is CLIP's, whose training unescaped HTML before it.</summary>
    public bool IsClip { get; }

    /// <summary>What an id stands for, as the vocabulary writes it; null where there is no such id.</summary>
    public string? FindToken(long id) => id is < 0 or > int.MaxValue ? null : _added.GetValueOrDefault((int)id) ?? _model.FindToken((int)id);

    /// <summary>The id of a token, or null.</summary>
    public int? FindId(string token)
    {
        foreach (var (id, content) in _added)
        {
            if (content == token)
            {
                return id;
            }
        }

        return _model.FindId(token);
    }

    /// <summary>Encodes a text without special tokens, truncation or padding.</summary>
    /// <param name="text">Half surrogate pairs in it count as U+FFFD, as in the reference.</param>
    public IReadOnlyList<int> EncodePlain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return EncodeUpTo(text, int.MaxValue);
    }

    /// <summary>Encodes a text as a model takes it.</summary>
    /// <param name="text">Half surrogate pairs in it count as U+FFFD, as in the reference.</param>
    /// <param name="maximumLength">The most tokens, special ones included; null: <see cref="MaximumLength"/>.</param>
    /// <param name="padding">Whether it is padded; null: as the tokenizer's file says.</param>
    /// <exception cref="PipelineException">The greatest length leaves no room for a token.</exception>
    public TokenSequence Encode(string text, int? maximumLength = null, TokenPadding? padding = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var length = maximumLength ?? MaximumLength;
        var room = length - _template.Count;
        if (room < 1)
        {
            throw new PipelineException($"A greatest length of {length} leaves no room beside {_template.Count} special tokens.");
        }

        var own = EncodeUpTo(text, _defaults.CutsLeft ? int.MaxValue : room);
        var isCut = own.Count > room;
        if (isCut)
        {
            own.RemoveRange(_defaults.CutsLeft ? 0 : room, own.Count - room);
        }

        return Frame(own, isCut, PaddedLength(own.Count + _template.Count, length, padding));
    }

    /// <summary>The text that tokens of a byte-level vocabulary, such as GPT-2's and Whisper's, stand for.</summary>
    /// <param name="ids">The tokens; what the vocabulary lacks is left out, and what is no byte stands for itself.</param>
    /// <returns>Bytes that are no UTF-8 are U+FFFD.</returns>
    public string DecodeBytes(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var bytes = new List<byte>();
        foreach (var rune in ids.Select(id => FindToken(id)).OfType<string>().SelectMany(token => token.EnumerateRunes()))
        {
            if (rune.IsBmp && ByteCharacters.TryGetByte((char)rune.Value, out var value))
            {
                bytes.Add(value);
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToString()));
            }
        }

        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(bytes));
    }

    /// <summary>Forgets the words whose tokens are kept, so that a measurement can start cold.</summary>
    public void Forget() => (_model as BpeModel)?.Forget();

    private TokenSequence Frame(List<int> own, bool isCut, int paddedLength)
    {
        var count = own.Count + _template.Count;
        var (ids, types, mask) = (new int[paddedLength], new int[paddedLength], new int[paddedLength]);
        Array.Fill(ids, PaddingId);
        Array.Fill(types, _defaults.PaddingType);
        var at = _defaults.PadsLeft ? paddedLength - count : 0;
        mask.AsSpan(at, count).Fill(1);
        foreach (var (id, type) in _template.Before)
        {
            (ids[at], types[at++]) = (id, type);
        }

        own.CopyTo(ids, at);
        types.AsSpan(at, own.Count).Fill(_template.Type);
        at += own.Count;
        foreach (var (id, type) in _template.After)
        {
            (ids[at], types[at++]) = (id, type);
        }

        return new TokenSequence(ids, types, mask, isCut);
    }

    private int PaddedLength(int count, int maximumLength, TokenPadding? padding)
    {
        var length = padding switch
        {
            TokenPadding.None => count,
            TokenPadding.MaxLength => Math.Max(count, maximumLength),
            _ => Math.Max(count, _defaults.PaddedLength ?? 0),
        };
        return padding is null && _defaults.PaddedMultiple is { } multiple and > 0 ? (length + multiple - 1) / multiple * multiple : length;
    }

    /// <summary>Stops soon after there are more tokens than asked for: a long text is not encoded to its end for nothing.</summary>
    private List<int> EncodeUpTo(string text, int most)
    {
        var ids = new List<int>(Math.Min(text.Length, 64));
        var sink = new ModelSink(_model, ids, most);
        text = WellFormed(text);
        foreach (var (start, end, token) in Parts(_raw, text))
        {
            if (token is not null)
            {
                ids.Add(token.Id);
            }
            else if (!EncodePart(start == 0 && end == text.Length ? text : text[start..end], start == 0, sink))
            {
                break;
            }
        }

        return ids;
    }

    private bool EncodePart(string part, bool isAtStart, ModelSink sink)
    {
        var normal = _normalizer?.Normalize(part) ?? part;
        foreach (var (start, end, token) in Parts(_normalized, normal))
        {
            if (token is not null)
            {
                sink.Ids.Add(token.Id);
                continue;
            }

            var piece = normal.AsSpan(start, end - start);
            var goesOn = _preTokenizer is null ? sink.Add(piece, isAtStart && start == 0) : _preTokenizer.Split(piece, isAtStart && start == 0, sink);
            if (!goesOn)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<(int Start, int End, AddedToken? Token)> Parts(AddedTokenFinder finder, string text)
    {
        var at = 0;
        while (!finder.IsEmpty && finder.Find(text, at) is var (token, start, end))
        {
            if (start > at)
            {
                yield return (at, start, null);
            }

            yield return (start, end, token);
            at = end;
        }

        if (at < text.Length)
        {
            yield return (at, text.Length, null);
        }
    }

    private static string WellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            return text;
        }

        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return whole.ToString();
    }

    private int FindPadding(TokenizerConfig config)
    {
        string?[] names = [config.FindToken("pad_token"), "[PAD]", "<pad>", config.FindToken("eos_token"), "<|endoftext|>"];
        return names.OfType<string>().Select(FindId).FirstOrDefault(id => id is not null) ?? 0;
    }

    private sealed class ModelSink(ISubwordModel model, List<int> ids, int most) : IPieceSink
    {
        public List<int> Ids => ids;

        public bool Add(ReadOnlySpan<char> piece, bool isAtStart)
        {
            model.Encode(piece, ids);
            return ids.Count <= most;
        }
    }
}
