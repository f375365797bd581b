using Multimodal.Local.Evaluation.Methods;
using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>Reports what leaving unsure verdicts to people buys.</summary>
internal static class CoverageComposer
{
    /// <summary>Of all modalities together by the pipeline's own method, in each condition; one of which nothing was judged is left out.</summary>
    public static IReadOnlyList<RiskCoverageReport> Compose(MethodComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return
        [
            .. from condition in Enum.GetValues<Condition>()
               let judgements = comparison.Default.Of(condition, ComparedPairs.Whole)
               let verdicts = judgements.Zip(comparison.Pairs.Truth)
                   .Where(pair => pair.First is not null)
                   .Select(pair => (pair.First!.Value.Confidence, pair.First.Value.Label == pair.Second))
                   .ToList()
               where verdicts.Count > 0
               select RiskCoverageReport.Of(condition == Condition.Clean ? "clean" : "degraded", new RiskCoverage(verdicts)),
        ];
    }
}
