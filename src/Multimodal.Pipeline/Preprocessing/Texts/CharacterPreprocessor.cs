using System.Globalization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>Turns a text into <c>input_ids</c> int64 [T], one id for each character of the cleaned text. Safe for concurrent use.</summary>
public sealed class CharacterPreprocessor : IPreprocessor
{
    /// <summary>The name of the tensor.</summary>
    public const string InputIds = "input_ids";

    // White space and marks that cleaning takes out lie between what is shown.
    private const int CharactersPerShown = 8;
    private const int FewestSearched = 1 << 14;

    private readonly CharacterSettings _settings;
    private readonly CharacterVocabulary _vocabulary;
    private readonly InputLimits _limits;
    private readonly ITextMask _mask;

    /// <summary>Preprocesses with these settings. A file's text is masked as they say; text that is in memory is not.</summary>
    /// <exception cref="PipelineException">A setting is out of range, or this process has no Unicode normalisation.</exception>
    public CharacterPreprocessor(CharacterSettings settings, CharacterVocabulary vocabulary, InputLimits limits, ITextMask? mask = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(limits);
        SettingsGuard.InRange(CharacterSettings.Kind, "maximumLength", settings.MaximumLength, 1, 1 << 20);
        UnicodeNormalization.Require();
        _settings = settings;
        _vocabulary = vocabulary;
        _limits = limits;
        _mask = mask ?? NoMask.Instance;
    }

    /// <inheritdoc/>
    public Modality Modality => Modality.Text;

    /// <inheritdoc/>
    public Features Preprocess(InputContent content, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(content);
        var read = TextReading.Read(content, _settings, _limits);
        var facts = TextReading.FactsOf(content, mediaType, read);
        if (_mask.BeforeEncoding)
        {
            return Preprocess(_mask.Apply(read.Text), content.Name, facts);
        }

        // Only as much is searched as can be shown.
        var features = Preprocess(read.Text, content.Name, facts);
        var masked = _mask.ApplyToStart(read.Text, Math.Max(FewestSearched, _settings.MaximumLength * CharactersPerShown));
        if (read.Text.StartsWith(masked, StringComparison.Ordinal))
        {
            return features;
        }

        var shown = TextCleaner.Clean(masked, _settings);
        return features with
        {
            Shown = ToTensor(shown, out _),
            Facts = features.Facts with { Excerpt = TextExcerpt.Of(shown.Text) },
        };
    }

    /// <summary>Preprocesses text that is in memory.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    /// <param name="name">The input's name, for messages.</param>
    /// <param name="facts">What is known already; characters, excerpt and notes are added.</param>
    /// <exception cref="InputException"><see cref="InputErrorCodes.NoContent"/>: nothing is left after cleaning.</exception>
    public Features Preprocess(string text, string name, InputFacts facts)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(facts);
        var cleaned = TextCleaner.Clean(text, _settings);
        if (cleaned.Characters == 0)
        {
            throw TextReading.NoText(name);
        }

        return new Features(
            Modality.Text,
            new Dictionary<string, HostTensor> { [InputIds] = ToTensor(cleaned, out var unknown) },
            facts with
            {
                Characters = cleaned.CharactersBeforeCut,
                Excerpt = TextExcerpt.Of(cleaned.Text),
                Notes = [.. facts.Notes, .. Notes(cleaned, unknown)],
            });
    }

    private HostTensor ToTensor(CleanedText cleaned, out int unknown)
    {
        var ids = new long[cleaned.Characters];
        unknown = 0;
        var at = 0;
        foreach (var rune in cleaned.Text.EnumerateRunes())
        {
            ids[at] = _vocabulary.IdOf(rune);
            unknown += ids[at++] == _vocabulary.UnknownId ? 1 : 0;
        }

        return HostTensor.Create<long>(ids, ids.Length);
    }

    private static IEnumerable<string> Notes(CleanedText cleaned, int unknown)
    {
        if (cleaned.CharactersBeforeCut > cleaned.Characters)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"cut to the first {cleaned.Characters} of {cleaned.CharactersBeforeCut} characters");
        }

        if (unknown > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{unknown} of {cleaned.Characters} characters are not in the vocabulary");
        }
    }
}
