using System.Globalization;
using System.Text;
using Multimodal.Privacy.Redaction;
using Multimodal.Privacy.Settings;

namespace Multimodal.Privacy.Tests.Corpus;

/// <summary>Counts what is found of what was planted.</summary>
internal sealed class Scoring
{
    // A quotation mark or bracket more is no harm.
    private const int Tolerance = 2;

    private readonly Dictionary<string, RedactingTextMask> _masks = [];

    public SortedDictionary<string, KindScore> Scores { get; } = [];

    /// <summary>What went wrong, for people.</summary>
    public List<string> Faults { get; } = [];

    public void Add(CorpusText text)
    {
        var findings = MaskOf(text.Region).Detect(text.Text);
        foreach (var item in text.Items)
        {
            var score = ScoreOf(item.Kind);
            score.Planted++;
            var isFound = findings.Any(finding => finding.Kind == item.Kind && finding.Start < item.End && item.Start < finding.End)
                && Enumerable.Range(item.Start, item.End - item.Start).All(at => findings.Any(finding => finding.Start <= at && at < finding.End));
            score.Found += isFound ? 1 : 0;
            if (!isFound)
            {
                Faults.Add($"missed {item.Kind} '{text.Text[item.Start..item.End]}' ({text.Region}) in '{Around(text.Text, item.Start, item.End)}'");
            }
        }

        foreach (var finding in findings)
        {
            var score = ScoreOf(finding.Kind);
            score.Findings++;
            var isRight = text.Items.Any(item => item.Kind == finding.Kind
                && finding.Start < item.End && item.Start < finding.End && finding.Start >= item.Start - Tolerance && finding.End <= item.End + Tolerance);
            score.Right += isRight ? 1 : 0;
            if (!isRight)
            {
                Faults.Add($"wrong {finding.Kind} '{text.Text[finding.Start..finding.End]}' ({text.Region}) in '{Around(text.Text, finding.Start, finding.End)}'");
            }
        }
    }

    /// <summary>A line for each kind.</summary>
    public string ToTable()
    {
        var table = new StringBuilder("kind          planted  recall  findings  precision\n");
        foreach (var (kind, score) in Scores)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"{kind,-12} {score.Planted,8} {score.Recall,7:P2} {score.Findings,9} {score.Precision,10:P2}");
        }

        return table.ToString();
    }

    private RedactingTextMask MaskOf(string? region)
    {
        if (!_masks.TryGetValue(region ?? "", out var mask))
        {
            _masks[region ?? ""] = mask = Masks.Create(new MaskingOptions { Regions = region is null ? [] : [region] });
        }

        return mask;
    }

    private KindScore ScoreOf(string kind)
    {
        if (!Scores.TryGetValue(kind, out var score))
        {
            Scores[kind] = score = new KindScore();
        }

        return score;
    }

    private static string Around(string text, int start, int end) => text[Math.Max(0, start - 25)..Math.Min(text.Length, end + 15)].ReplaceLineEndings("\\n");
}
