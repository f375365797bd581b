using System.Text.Json;
using System.Xml.Linq;
using Multimodal.Local.Evaluation;
using Multimodal.Local.Evaluation.Reporting;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class ReportTests
{
    private static readonly ScoreReport Half = new(1750, new(0.97, 0.96, 0.98), new(0.8, 0.75, 0.85));

    private static readonly EvaluationReport Report = new()
    {
        Methods = new MethodsReport(
            2000,
            Modality.Audio,
            [Method("equal weights", null), Method("gated", new(0.005, -0.001, 0.01))],
            [
                new ControlReport
                {
                    Modality = Modality.Text,
                    Alone = new ScoreReport(2000, new(0.1, 0.05, 0.15), null),
                    Together = Half,
                    Without = Half,
                    Contribution = new ContributionReport(0.3, 0.2),
                    ShuffledContribution = new ContributionReport(0, -0.1),
                },
            ]),
        Pipeline = new PipelineReference("a<b", "1.0.0", "digest"),
        Seed = 1,
        Level = 1,
        Resamples = 1000,
        Degradation = new DegradationReport
        {
            ImageVariance = 0.25, ImageComponents = 4, ImageVarianceHeld = 0.291, ImageSquare = 8, AudioTalkers = 3, AudioAmplitude = 1, TextShare = 0.4,
        },
        Data = new DataReport(2000, 300, 2000, new Dictionary<string, string>()),
        Subsets =
        [
            .. ModalitySubset.All.Select(subset => new SubsetReport
            {
                Modalities = subset.Modalities,
                Items = subset.IsSingle ? new ScoreReport(300, new(0.9, 0.85, 0.95), new(0.5, 0.4, 0.6)) : null,
                Pairs = new ScoreReport(2000, new(1, 1, 1), null),
                Control = subset.IsSingle ? null : new ScoreReport(2000, new(0.1, 0.05, 0.15), new(0.2, 0.15, 0.25)),
            })
        ],
        Gain = new GainReport(Modality.Text, 2000, new(0.081, -0.01, 0.1)),
        Refusals = [new Refusal(Modality.Image, Condition.Degraded, "t10k-8000", "no-content", "blank")],
        Agreement = [new AgreementReport(Modality.Image, 1999, 2000, ["t10k-9001"])],
        Confusions = [],
        Predictions = new Dictionary<Modality, PredictionReport>(),
    };

    [Fact]
    public void WriteMarkdown_Report_HasARowForEachSubsetAndSaysWhatItSays()
    {
        var markdown = MarkdownReport.Write(Report);

        Assert.Contains("| audio | 300 | 90.0 (85.0–95.0) | 50.0 (40.0–60.0) |  |  |\n", markdown, StringComparison.Ordinal);
        Assert.Contains(
            "| image + audio + text | 2,000 | 100.0 (100.0–100.0) | – | 10.0 (5.0–15.0) | 20.0 (15.0–25.0) |\n", markdown, StringComparison.Ordinal);
        Assert.Contains("+8.1 (-1.0 to +10.0) percentage points", markdown, StringComparison.Ordinal);
        Assert.Contains("image 1,999 of 2,000", markdown, StringComparison.Ordinal);
        Assert.Contains("1 degraded image", markdown, StringComparison.Ordinal);
        Assert.Contains("300 items of the scarcest modality without an error allow an error rate of up to 1.0 %", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteChart_Report_IsWellFormedAndDrawsEveryBar()
    {
        var chart = XDocument.Parse(AccuracyChart.Write(Report));

        // One more of each in the legend.
        Assert.Equal(7 + 1, Count("rect", "clean"));
        Assert.Equal(3 + 1, Count("rect", "degraded"));
        Assert.Equal(4 + 1, Count("path", "control"));

        int Count(string element, string name) => chart.Descendants()
            .Count(node => node.Name.LocalName == element && (string?)node.Attribute("class") == name);
    }

    [Fact]
    public void WriteMarkdown_Methods_SetsTheDefaultInBoldAndShowsDifferences()
    {
        var markdown = MarkdownReport.Write(Report);

        Assert.Contains("| **gated** | 99.0 (98.0–100.0) | 96.0 (95.0–97.0) | +0.5 (-0.1 to +1.0) |", markdown, StringComparison.Ordinal);
        Assert.Contains("Degraded, gated is best: +20.0 (+15.0 to +25.0) points above audio alone", markdown, StringComparison.Ordinal);
        Assert.Contains("| text | 10.0 (5.0–15.0) |", markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteCharts_Methods_AreWellFormedAndDrawEveryMethod()
    {
        var dots = XDocument.Parse(MethodsChart.Write(Report, Report.Methods!));
        var curves = XDocument.Parse(MissingChart.Write(Report, Report.Methods!));

        // One more of each in the legend.
        Assert.Equal(2 + 1, dots.Descendants().Count(node => node.Name.LocalName == "circle" && (string?)node.Attribute("class") == "whole"));
        Assert.Equal(2 * 3, curves.Descendants().Count(node => ((string?)node.Attribute("class"))?.StartsWith("curve", StringComparison.Ordinal) == true));
    }

    [Fact]
    public void Serialize_Report_ReadsBackAlike()
    {
        var json = JsonSerializer.Serialize(Report, EvaluationJson.Default.EvaluationReport);

        var read = JsonSerializer.Deserialize(json, EvaluationJson.Default.EvaluationReport);

        Assert.Equal(json, JsonSerializer.Serialize(read, EvaluationJson.Default.EvaluationReport));
    }

    [Fact]
    public void CountConfusions_Trial_CountsLabelsVerdictsAndTheUndecided()
    {
        var trial = new Trial(
            [.. Enumerable.Range(0, 4).Select(i => Pair.Alone(Modality.Text, i))], [Modality.Text], ["a", "a", "b", "a"], ["a", "b", "b", null]);

        var confusion = ConfusionReport.Of([Modality.Text], Condition.Clean, ["a", "b"], trial);

        Assert.Equal([[1, 1], [0, 1]], confusion.Counts);
        Assert.Equal([1, 0], confusion.Undecided);
    }

    [Fact]
    public void CompareWithReference_Predictions_CountsWhatAgrees()
    {
        var reference = new ReferencePredictions
        {
            Images = [0, 1, 1], Audio = new Dictionary<string, int> { ["x.wav"] = 1, ["z.wav"] = 0 }, Texts = [0],
        };
        var predictions = new Dictionary<Modality, PredictionReport>
        {
            [Modality.Image] = Predict(["p", "q", "r"], ["a", "b", null]),
            [Modality.Audio] = Predict(["w.wav", "x.wav"], ["a", "b"]),
            [Modality.Text] = Predict(["text 1"], ["a"]),
        };

        var agreement = reference.Compare(predictions, ["a", "b"], ownTexts: false);

        Assert.Equal([(Modality.Image, 2, 3), (Modality.Audio, 1, 1)], agreement.Select(item => (item.Modality, item.Agreed, item.Total)));
        Assert.Equal(["r"], agreement[0].Differing);
    }

    private static MethodReport Method(string name, Estimate? overEqual) => new()
    {
        Name = name,
        Method = name,
        IsDefault = overEqual is not null,
        Temperature = 1,
        Subsets = [new MethodSubsetReport([.. Enum.GetValues<Modality>()], new ScoreReport(2000, new(0.99, 0.98, 1), overEqual is null ? new(0.955, 0.945, 0.965) : new(0.96, 0.95, 0.97)))],
        Missing = [.. Enumerable.Range(0, 10).Select(i => new MissingReport(i / 10.0, Half))],
        OverBestSingle = new(0.2, 0.15, 0.25),
        OverEqual = overEqual,
        BehindBest = Half,
        CalibrationError = new CalibrationReport(0.01, 0.001, 0.02),
    };

    private static PredictionReport Predict(string[] names, string?[] clean) =>
        new() { Names = names, Labels = names, Clean = clean, Degraded = clean };
}
