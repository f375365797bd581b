using System.Globalization;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>What stands beneath the table: what the figures are of, and what they say.</summary>
internal static class ReportSentences
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>One sentence or two each.</summary>
    public static IEnumerable<string> Of(EvaluationReport report)
    {
        yield return Figures(report);
        yield return Degradation(report);
        if (report.Subsets.Any(subset => subset.Headline.Clean is { Low: 1 } || subset.Headline.Degraded is { Low: 1 }))
        {
            yield return FlawlessNote(report.Data);
        }

        if (report.Gain is { } gain)
        {
            yield return string.Create(
                Culture,
                $"All three degraded against {gain.BestSingle.ToName()} alone, the best single one, on the same {ReportFormat.Count(gain.Count)} pairs: " +
                $"{ReportFormat.Difference(gain.Difference)} percentage points.");
        }

        yield return Refused(report.Refusals);
        if (report.Agreement is { Count: > 0 } agreement)
        {
            yield return "Agreement with PyTorch on clean items: " + string.Join(
                ", ",
                agreement.Select(modality =>
                    $"{modality.Modality.ToName()} {ReportFormat.Count(modality.Agreed)} of {ReportFormat.Count(modality.Total)}")) + ".";
        }
    }

    private static string Figures(EvaluationReport report) => string.Create(
        Culture,
        $"Accuracy in % with {ReportFormat.Share(report.Confidence)} intervals ({ReportFormat.Count(report.Resamples)} bootstrap resamples by source item; seed {report.Seed}). " +
        $"Single modalities: each item once; several: every test picture with a random recording and text of its label. " +
        $"Shuffled: the same recordings and texts dealt out regardless of label, judged against the picture's.");

    private static string Degradation(EvaluationReport report)
    {
        var done = report.Degradation;
        return string.Create(
            Culture,
            $"Degradation, level {report.Level}: pictures keep {Components(done.ImageComponents)} ({ReportFormat.Share(done.ImageVarianceHeld)} of the variance) " +
            $"and lose a square of {done.ImageSquare}×{done.ImageSquare} pixels; {done.AudioTalkers} others talk over each recording at {Decibels(done.AudioAmplitude)}; " +
            $"{ReportFormat.Share(done.TextShare)} of a text's letters and digits are replaced.");
    }

    /// <summary>Hanley and Lippman-Hand, "If nothing goes wrong, is everything all right?", JAMA 249 (1983): at most 3/n, with 95 % confidence.</summary>
    private static string FlawlessNote(DataReport data)
    {
        var scarcest = Math.Min(data.Images, Math.Min(data.Recordings, data.Texts));
        return string.Create(
            Culture,
            $"100.0 (100.0–100.0) means that no error occurred, so that resampling finds none, not that none can: by the rule of three, " +
            $"{ReportFormat.Count(scarcest)} items of the scarcest modality without an error allow an error rate of up to {Math.Min(100, 300.0 / scarcest):0.0} %.");
    }

    private static string Components(int count) =>
        count == 1 ? "1 principal component" : string.Create(Culture, $"{count} principal components");

    private static string Decibels(double amplitude) => amplitude > 0
        ? string.Create(Culture, $"{20 * Math.Log10(amplitude):+0.#;-0.#;0} dB against the speech")
        : "no volume";

    private static string Refused(IReadOnlyList<Refusal> refusals) => refusals.Count == 0
        ? "No item was refused by preprocessing."
        : "Refused by preprocessing and left out, as the product does (alone, an error): " + string.Join(
            ", ",
            refusals.CountBy(refusal => (refusal.Modality, refusal.Condition))
                .Select(group => $"{ReportFormat.Count(group.Value)} {(group.Key.Condition == Condition.Clean ? "clean" : "degraded")} {group.Key.Modality.ToName()}")) + ".";
}
