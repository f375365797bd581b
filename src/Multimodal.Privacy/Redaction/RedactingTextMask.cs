using Microsoft.Extensions.Compliance.Redaction;
using Multimodal.Pipeline.Privacy;
using Multimodal.Privacy.Detection;
using Multimodal.Privacy.Reading;

namespace Multimodal.Privacy.Redaction;

/// <summary>
/// Finds personal data and has it redacted by the redactor of its classification. What a redactor erases stands as <c>[email]</c>, what it
/// makes of a value as <c>email-3f9a…</c>.
/// </summary>
internal sealed class RedactingTextMask : ITextMask
{
    private readonly (string Kind, IDetector Detector)[] _detectors;
    private readonly Dictionary<string, Redactor> _redactors;
    private readonly Dictionary<string, int> _ranks;

    public RedactingTextMask(IReadOnlyList<(string Kind, IDetector Detector)> detectors, IRedactorProvider redactors, bool beforeEncoding)
    {
        _detectors = [.. detectors];
        _redactors = _detectors.ToDictionary(pair => pair.Kind, pair => redactors.GetRedactor(PersonalData.Of(pair.Kind)));
        _ranks = _detectors.Select((pair, rank) => (pair.Kind, rank)).ToDictionary(pair => pair.Kind, pair => pair.rank);
        BeforeEncoding = beforeEncoding;
    }

    /// <inheritdoc/>
    public bool BeforeEncoding { get; }

    /// <inheritdoc/>
    public IReadOnlyList<MaskedSpan> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<Finding>();
        var readable = ReadableText.Of(text);
        foreach (var (_, detector) in _detectors)
        {
            detector.Find(readable.Text, found);
        }

        return found.Count == 0 ? [] : [.. Findings.Settle(found, kind => _ranks[kind]).Select(finding => ToSpan(finding, readable, text))];
    }

    /// <summary>What is found, without being redacted: for measurements.</summary>
    internal IReadOnlyList<Finding> Detect(string text)
    {
        var found = new List<Finding>();
        var readable = ReadableText.Of(text);
        foreach (var (_, detector) in _detectors)
        {
            detector.Find(readable.Text, found);
        }

        return found.Count == 0 ? [] :
        [
            .. Findings.Settle(found, kind => _ranks[kind]).Select(finding =>
            {
                var (start, end) = readable.ToOriginal(finding.Start, finding.End, text);
                return finding with { Start = start, End = end };
            }),
        ];
    }

    private MaskedSpan ToSpan(Finding finding, ReadableText readable, string text)
    {
        var (start, end) = readable.ToOriginal(finding.Start, finding.End, text);
        var redacted = _redactors[finding.Kind].Redact(finding.Normal);
        return new MaskedSpan(start, end - start, redacted.Length == 0 ? $"[{finding.Kind}]" : $"{finding.Kind}-{redacted}");
    }
}
