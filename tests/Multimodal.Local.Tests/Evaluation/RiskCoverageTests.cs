using System.Xml.Linq;
using CsCheck;
using Multimodal.Local.Evaluation.Reporting;
using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class RiskCoverageTests
{
    private static readonly RiskCoverage Four = new([(0.6, false), (0.9, true), (0.8, true), (0.7, false)]);

    [Fact]
    public void At_Threshold_CountsWhatReachesIt()
    {
        Assert.Equal(new RiskCoveragePoint(0.8, 0.5, 0, 2, 0), Four.At(0.8));
        Assert.Equal(new RiskCoveragePoint(0, 1, 0.5, 4, 2), Four.At(0));
        Assert.Equal(new RiskCoveragePoint(0.95, 0, null, 0, 0), Four.At(0.95));
    }

    [Fact]
    public void Within_Risk_CoversMost()
    {
        Assert.Equal(0.8, Four.Within(0)!.Threshold);
        Assert.Equal(0.7, Four.Within(0.34)!.Threshold);
        Assert.Equal(0.6, Four.Within(0.5)!.Threshold);
        Assert.Null(new RiskCoverage([(0.9, false)]).Within(0.5));
    }

    [Fact]
    public void Area_Verdicts_IsTheMeanRiskOverCoverages() =>
        Assert.Equal((0 + 0 + (1 / 3.0) + (2 / 4.0)) / 4, Four.Area, 12);

    [Fact]
    public void Curve_EqualConfidences_StandOrFallTogether()
    {
        var curve = new RiskCoverage([(0.5, true), (0.5, false), (0.9, true)]).Curve;

        Assert.Equal([(0.9, 0.0), (0.5, 1 / 3.0)], curve.Select(point => (point.Threshold, point.Risk!.Value)));
    }

    [Fact]
    public void Within_AnyVerdicts_KeepsItsRiskAndNoLowerThresholdDoes() =>
        Gen.Select(Gen.Select(Gen.Double[0, 1], Gen.Bool).Array[1, 60], Gen.Double[0, 0.6]).Sample((verdicts, risk) =>
        {
            var coverage = new RiskCoverage(verdicts);

            var best = coverage.Within(risk);

            var good = coverage.Curve.Where(point => point.Risk <= risk).ToList();
            Assert.Equal(good.Count == 0 ? null : good.MaxBy(point => point.Coverage)!.Threshold, best?.Threshold);
            Assert.InRange(coverage.Area, 0, 1);
        });

    [Fact]
    public void Of_Verdicts_TellsRoundThresholdsAndRisks()
    {
        var report = RiskCoverageReport.Of("image", Four);

        Assert.Equal(8, report.Thresholds.Count);
        Assert.Equal(["5 %", "2 %", "1 %", "0.5 %"], report.Within.Keys);
        Assert.Equal(0.5, report.Within["1 %"].Coverage);
    }

    [Fact]
    public void Write_Chart_DrawsACurveForEachReport()
    {
        var reports = new[] { RiskCoverageReport.Of("clean <1>", Four), RiskCoverageReport.Of("degraded", new RiskCoverage([(0.5, true)])) };

        var svg = XDocument.Parse(RiskCoverageChart.Write("digits", reports));

        Assert.Equal(4, svg.Descendants().Count(element => element.Attribute("class")?.Value.StartsWith("curve", StringComparison.Ordinal) == true));
        Assert.Contains(svg.Descendants(), element => element.Value == "clean <1>");
        Assert.Equal(["any", "0.5", "0.6", "0.7", "0.8", "0.9", "0.95", "0.99"], RiskCoverageTable.Rows(reports).Select(row => row[0]));
        Assert.Equal(["any", "100.0", "50.00", "100.0", "0.00"], RiskCoverageTable.Rows(reports).First());
        Assert.Contains("at most 1 % wrong: 50.0 % of them, from the confidence 0.800", RiskCoverageTable.Sentences(reports).First(), StringComparison.Ordinal);
    }
}
