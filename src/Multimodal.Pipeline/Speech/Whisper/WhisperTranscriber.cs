using System.Numerics.Tensors;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

namespace Multimodal.Pipeline.Speech.Whisper;

/// <summary>Writes down what is said in a window of a recording, with a decoder in Whisper's layout. Safe for concurrent use.</summary>
public sealed class WhisperTranscriber
{
    // A text's times are told in steps of this many seconds: two frames of 10 ms.
    private const double TimeStep = 0.02;

    private readonly WhisperSettings _settings;
    private readonly WhisperGeneration _generation;
    private readonly TextTokenizer _tokenizer;
    private readonly WhisperSearch _search;
    private readonly bool _timestamps;

    /// <summary>Transcribes as settings say.</summary>
    /// <exception cref="PipelineException">The settings ask for a language, a task or times that the model does not know.</exception>
    public WhisperTranscriber(WhisperSettings settings, WhisperGeneration generation, TextTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(generation);
        ArgumentNullException.ThrowIfNull(tokenizer);
        (_settings, _generation, _tokenizer) = (settings, generation, tokenizer);
        _timestamps = settings.Timestamps && generation.FirstTime is not null;
        _search = new WhisperSearch(generation, new WhisperRules(generation, _timestamps), settings.Beam, settings.LengthPenalty);
        RequireLanguage(settings.Language);
        if (generation.Tasks.Count > 0 && !generation.Tasks.ContainsKey(settings.Task))
        {
            throw new PipelineException($"The model does not know the task '{settings.Task}'; it knows: {string.Join(", ", generation.Tasks.Keys)}.");
        }
    }

    /// <summary>The codes of the languages that may be asked for; empty where the model knows one language.</summary>
    public IReadOnlyCollection<string> Languages => [.. _generation.Languages.Keys];

    /// <summary>Transcribes a window.</summary>
    /// <param name="decoder">The decoder, with the window's states.</param>
    /// <param name="seconds">How much of the window is sound; null: nobody knows.</param>
    /// <param name="language">The language that is spoken; null: as the settings say.</param>
    /// <param name="cancellationToken">Ends it between tokens.</param>
    /// <returns>Segments timed from the beginning of the window. The confidence is the geometric mean of the tokens' probabilities.</returns>
    /// <exception cref="PipelineException">The model does not know the language.</exception>
    public Transcript Transcribe(ITokenDecoder decoder, double? seconds, string? language, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        RequireLanguage(language);
        var spoken = language ?? _settings.Language;
        var prompt = new List<int> { _generation.Start };
        AddLanguage(prompt, ref spoken, decoder);
        AddTask(prompt);
        if (!_timestamps && _generation.NoTimestamps is { } noTimestamps)
        {
            prompt.Add(noTimestamps);
        }

        var most = Math.Min(_settings.MaximumTokens ?? (_generation.MaximumLength / 2), _generation.MaximumLength - prompt.Count);
        var logits = decoder.Begin(prompt);
        var noSpeech = _generation.NoSpeech is { } token ? ProbabilityOf(logits[0], token) : (double?)null;
        var text = _search.Write(decoder, logits[^1], most, cancellationToken);
        var isSilent = noSpeech > _settings.NoSpeechThreshold && text.MeanLogProbability < _settings.LogProbabilityThreshold;
        return new Transcript
        {
            Text = isSilent ? "" : TextOf(text.Tokens),
            Segments = isSilent || !_timestamps ? [] : Segments(text.Tokens, seconds),
            Language = spoken,
            Confidence = Math.Exp(text.MeanLogProbability),
            NoSpeech = noSpeech,
        };
    }

    private void AddLanguage(List<int> prompt, ref string? language, ITokenDecoder decoder)
    {
        if (_generation.Languages.Count == 0)
        {
            // A model of one language is asked for none; old files force what they need by its number.
            prompt.AddRange(_generation.Forced.OfType<int>().Where(token => token != _generation.NoTimestamps));
            return;
        }

        if (language is null)
        {
            var forced = _generation.Forced is [var first, ..] ? first : null;
            language = _generation.Languages.FirstOrDefault(pair => pair.Value == forced).Key ?? Detect(decoder);
        }

        prompt.Add(_generation.Languages[language]);
    }

    private void AddTask(List<int> prompt)
    {
        if (_generation.Languages.Count > 0 && _generation.Tasks.TryGetValue(_settings.Task, out var task))
        {
            prompt.Add(task);
        }
    }

    private string Detect(ITokenDecoder decoder)
    {
        var logits = decoder.Begin([_generation.Start])[0];
        return _generation.Languages.Where(pair => pair.Value < logits.Length).MaxBy(pair => logits[pair.Value]).Key;
    }

    private void RequireLanguage(string? language)
    {
        if (language is not null && _generation.Languages.Count > 0 && !_generation.Languages.ContainsKey(language))
        {
            throw new PipelineException($"The model does not know the language '{language}'; it knows: {string.Join(", ", _generation.Languages.Keys.Order(StringComparer.Ordinal))}.");
        }
    }

    private string TextOf(IEnumerable<int> tokens) => _tokenizer.DecodeBytes(tokens.Where(token => token < _generation.End)).Trim();

    private List<TranscriptSpan> Segments(IReadOnlyList<int> tokens, double? seconds)
    {
        var first = _generation.FirstTime!.Value;
        var segments = new List<TranscriptSpan>();
        var words = new List<int>();
        var start = 0.0;
        foreach (var token in tokens)
        {
            if (token < first)
            {
                words.Add(token);
                continue;
            }

            var time = (token - first) * TimeStep;
            Close(time);
            start = time;
        }

        Close(seconds ?? start);
        return segments;

        void Close(double end)
        {
            if (TextOf(words) is { Length: > 0 } text)
            {
                // Behind the sound there is only padding.
                var from = Math.Min(start, seconds ?? start);
                segments.Add(new TranscriptSpan(text, from, Math.Max(from, Math.Min(end, seconds ?? end))));
            }

            words.Clear();
        }
    }

    private static double ProbabilityOf(float[] logits, int token)
    {
        if (token >= logits.Length)
        {
            return 0;
        }

        var greatest = TensorPrimitives.Max<float>(logits);
        return Math.Exp(logits[token] - greatest) / logits.Sum(logit => Math.Exp(logit - greatest));
    }
}
