using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Texts.Formats;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Normalizers;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>
/// Turns a text into <c>input_ids</c>, <c>attention_mask</c> and <c>token_type_ids</c>, each int64 [T], by a Hugging Face tokenizer. Safe
/// for concurrent use.
/// </summary>
public sealed class TokenPreprocessor : IPreprocessor
{
    /// <summary>The name of the tensor of ids.</summary>
    public const string InputIds = "input_ids";

    /// <summary>The name of the tensor that is 1 at tokens and 0 at padding.</summary>
    public const string AttentionMask = "attention_mask";

    /// <summary>The name of the tensor of segments.</summary>
    public const string TokenTypeIds = "token_type_ids";

    /// <summary>
    /// The most characters (UTF-16 code units) that are read for each token there is room for, though never fewer than 65,536: a word of
    /// millions of letters takes seconds, and a text has four or so for each token.
    /// </summary>
    private const int CharactersPerToken = 32;

    private const int FewestCharacters = 1 << 16;
    private const int MostCharacters = 1 << 20;

    // Large vocabularies take a second to read; what is read goes with its pipeline.
    private static readonly ConditionalWeakTable<ModelFolder, ConcurrentDictionary<string, TextTokenizer>> Loaded = [];

    private readonly TokenSettings _settings;
    private readonly TextTokenizer _tokenizer;
    private readonly InputLimits _limits;
    private readonly ITextMask _mask;
    private readonly bool _unescapesHtml;
    private readonly int _maximumCharacters;

    /// <summary>Preprocesses with these settings. A file's text is masked as they say; text that is in memory is not.</summary>
    /// <exception cref="PipelineException">A setting is out of range, or this process has no Unicode normalisation.</exception>
    public TokenPreprocessor(TokenSettings settings, TextTokenizer tokenizer, InputLimits limits, ITextMask? mask = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(limits);
        SettingsGuard.InRange(TokenSettings.Kind, "maximumLength", settings.MaximumLength ?? tokenizer.MaximumLength, tokenizer.SpecialTokens + 1, 131_072);
        UnicodeNormalization.Require();
        _settings = settings;
        _tokenizer = tokenizer;
        _limits = limits;
        _mask = mask ?? NoMask.Instance;
        _maximumCharacters = (int)Math.Clamp((long)(settings.MaximumLength ?? tokenizer.MaximumLength) * CharactersPerToken, FewestCharacters, MostCharacters);
        _unescapesHtml = settings.UnescapeHtml ?? tokenizer.IsClip;
    }

    /// <inheritdoc/>
    public Modality Modality => Modality.Text;

    /// <summary>Reads the tokenizer that settings name, and those files beside it that the pipeline lists; once for each pipeline.</summary>
    /// <exception cref="PipelineException">A file is absent, not listed or malformed.</exception>
    public static TextTokenizer LoadTokenizer(TokenSettings settings, ModelFolder folder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(folder);
        return Loaded.GetOrCreateValue(folder).GetOrAdd(settings.Tokenizer, static (_, from) => Load(from.settings, from.folder), (settings, folder));
    }

    /// <inheritdoc/>
    public Features Preprocess(InputContent content, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(content);
        var read = TextReading.Read(content, _settings, _limits);
        return Preprocess(read.Text, content.Name, TextReading.FactsOf(content, mediaType, read), _mask);
    }

    /// <summary>Preprocesses text that is in memory.</summary>
    /// <param name="text">Half surrogate pairs in it count as U+FFFD.</param>
    /// <param name="name">The input's name, for messages.</param>
    /// <param name="facts">What is known already; characters, tokens, excerpt and notes are added.</param>
    /// <exception cref="InputException"><see cref="InputErrorCodes.NoContent"/>: there is nothing but white space and invisible characters.</exception>
    public Features Preprocess(string text, string name, InputFacts facts)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(facts);
        return Preprocess(text, name, facts, NoMask.Instance);
    }

    private Features Preprocess(string text, string name, InputFacts facts, ITextMask mask)
    {
        var cleaned = Clean(text, out var isShortened);
        var shown = mask.Apply(cleaned);
        cleaned = mask.BeforeEncoding ? shown : cleaned;
        if (!HasContent(cleaned))
        {
            throw TextReading.NoText(name);
        }

        var tokens = _tokenizer.Encode(cleaned, _settings.MaximumLength, _settings.Padding);
        var count = tokens.AttentionMask.Sum();
        return new Features(
            Modality.Text,
            new Dictionary<string, HostTensor>
            {
                [InputIds] = ToTensor(tokens.Ids),
                [AttentionMask] = ToTensor(tokens.AttentionMask),
                [TokenTypeIds] = ToTensor(tokens.TypeIds),
            },
            facts with
            {
                Characters = CountCharacters(cleaned),
                Tokens = count,
                Excerpt = TextExcerpt.Of(shown),
                Notes = [.. facts.Notes, .. Notes(tokens.IsCut, isShortened, count)],
            })
        {
            Shown = shown == cleaned ? null : ToTensor(_tokenizer.Encode(shown, _settings.MaximumLength, _settings.Padding).Ids),
        };
    }

    private static TextTokenizer Load(TokenSettings settings, ModelFolder folder)
    {
        var slash = settings.Tokenizer.LastIndexOf('/') + 1;
        return TokenizerFiles.Load(
            folder.CheckedPathOf(settings.Tokenizer),
            name => settings.Tokenizer[..slash] + name is var sibling && folder.Definition.Files.ContainsKey(sibling) ? folder.CheckedPathOf(sibling) : null);
    }

    private string Clean(string text, out bool isShortened)
    {
        // Before anything that takes time; what follows makes a text hardly longer.
        text = Shorten(text, out isShortened);
        text = _unescapesHtml ? HtmlEntities.Unescape(HtmlEntities.Unescape(text)) : text;
        text = _settings.Normalization switch
        {
            TextNormalization.Nfc => TextForms.Compose(text, NormalizationForm.FormC),
            TextNormalization.Nfkc => TextForms.Compose(text, NormalizationForm.FormKC),
            _ => text,
        };
        if (_settings.DropInvisible)
        {
            text = string.Concat(text.EnumerateRunes().Where(rune => !IsInvisible(rune)));
        }

        return text;
    }

    private string Shorten(string text, out bool isShortened)
    {
        isShortened = text.Length > _maximumCharacters;
        return isShortened ? text[..(char.IsHighSurrogate(text[_maximumCharacters - 1]) ? _maximumCharacters - 1 : _maximumCharacters)] : text;
    }

    private static bool IsInvisible(Rune rune) =>
        rune.Value is not ('\t' or '\n' or '\r') && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

    private static bool HasContent(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                return true;
            }
        }

        return false;
    }

    private static int CountCharacters(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private IEnumerable<string> Notes(bool isCut, bool isShortened, int count)
    {
        if (isShortened)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"only the first {_maximumCharacters} characters were read");
        }

        if (isCut)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"cut to {count} tokens, special ones included");
        }
    }

    private static HostTensor ToTensor(IReadOnlyList<int> values)
    {
        var wide = new long[values.Count];
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        return HostTensor.Create<long>(wide, wide.Length);
    }
}
