using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>What leaving unsure verdicts to people buys, as it is reported.</summary>
/// <param name="Name">What was judged.</param>
/// <param name="Count">How many verdicts.</param>
/// <param name="Area">The risk averaged over all coverages.</param>
/// <param name="Thresholds">Coverage and risk at round thresholds.</param>
/// <param name="Within">What covers most at risks of at most 5, 2, 1 and 0.5 %, by risk; left out where nothing does.</param>
/// <param name="Curve">The risk at coverages that are spread evenly, at most 100 of them, the least first.</param>
internal sealed record RiskCoverageReport(
    string Name,
    int Count,
    double Area,
    IReadOnlyList<RiskCoveragePoint> Thresholds,
    IReadOnlyDictionary<string, RiskCoveragePoint> Within,
    IReadOnlyList<RiskCoverageStep> Curve)
{
    private const int MostSteps = 100;

    private static readonly double[] Round = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];
    private static readonly (string Name, double Risk)[] Risks = [("5 %", 0.05), ("2 %", 0.02), ("1 %", 0.01), ("0.5 %", 0.005)];

    /// <summary>Reports verdicts.</summary>
    public static RiskCoverageReport Of(string name, RiskCoverage verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        return new RiskCoverageReport(
            name,
            verdicts.Count,
            verdicts.Area,
            [.. Round.Select(verdicts.At)],
            Risks.Select(risk => (risk.Name, Point: verdicts.Within(risk.Risk))).Where(risk => risk.Point is not null).ToDictionary(risk => risk.Name, risk => risk.Point!),
            StepsOf(verdicts.Curve));
    }

    private static IReadOnlyList<RiskCoverageStep> StepsOf(IReadOnlyList<RiskCoveragePoint> curve)
    {
        var count = Math.Min(MostSteps, curve.Count);
        return
        [
            .. Enumerable.Range(1, count)
                .Select(step => curve.First(point => point.Coverage >= (double)step / count - 1e-12))
                .Distinct()
                .Select(point => new RiskCoverageStep(point.Coverage, point.Risk!.Value)),
        ];
    }
}
