namespace Multimodal.Pipeline.Speech.Ctc;

/// <summary>Turns the scores of connectionist temporal classification into a transcript. Safe for concurrent use.</summary>
public sealed class CtcDecoder
{
    private readonly CtcSettings _settings;

    /// <summary>Decodes as settings say.</summary>
    public CtcDecoder(CtcSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
    }

    /// <summary>Decodes.</summary>
    /// <param name="scores">Logits or log-probabilities [steps, labels] of the steps that are sound, row-major; finite.</param>
    /// <returns>
    /// Words timed from the first step on. The confidence of a word is that of its least certain label; that of the whole is the labelling's
    /// exact probability.
    /// </returns>
    /// <exception cref="ArgumentException">The scores are not whole rows.</exception>
    public Transcript Decode(ReadOnlySpan<float> scores)
    {
        if (scores.Length % _settings.Labels.Count != 0)
        {
            throw new ArgumentException($"{scores.Length} scores are no rows of {_settings.Labels.Count} labels.", nameof(scores));
        }

        var hypothesis = Search(CtcLattice.Of(scores, _settings.Labels.Count));
        var words = Words(hypothesis.Tokens);
        return new Transcript
        {
            Text = string.Join(' ', words.Select(word => word.Text)),
            Words = words,
            Confidence = Math.Exp(hypothesis.LogProbability),
        };
    }

    internal CtcHypothesis Search(CtcLattice lattice)
    {
        var labels = _settings.Beam == 1
            ? CtcBestPath.Decode(lattice, _settings.Blank)
            : CtcBeamSearch.Decode(lattice, _settings.Blank, _settings.Beam);
        return new CtcHypothesis(
            CtcAlignment.Align(lattice, labels, _settings.Blank), CtcAlignment.LogProbability(lattice, labels, _settings.Blank));
    }

    private List<TranscriptSpan> Words(IReadOnlyList<CtcToken> tokens)
    {
        var words = new List<TranscriptSpan>();
        var word = new List<CtcToken>();
        foreach (var token in tokens)
        {
            if (_settings.WordSeparator is not { } separator)
            {
                Add([token]);
            }
            else if (_settings.Labels[token.Label] == separator)
            {
                Add(word);
                word.Clear();
            }
            else
            {
                word.Add(token);
            }
        }

        Add(word);
        return words;

        void Add(IReadOnlyList<CtcToken> part)
        {
            // Labels that stand for nothing, such as a start, are written as nothing.
            var text = string.Concat(part.Select(token => _settings.Labels[token.Label])).Trim();
            if (text.Length > 0)
            {
                words.Add(new TranscriptSpan(
                    text,
                    part[0].First * _settings.StrideSeconds,
                    part[^1].End * _settings.StrideSeconds,
                    Math.Clamp(part.Min(token => token.Confidence), 0, 1)));
            }
        }
    }
}
