namespace Multimodal.Local.Bench.Resources;

/// <summary>What became of requests that came at random, in bursts, faster than they could be answered.</summary>
/// <param name="Encoder">The encoder.</param>
/// <param name="LimitMilliseconds">How long a request may wait.</param>
/// <param name="Offered">Requests that came a second.</param>
/// <param name="Capacity">Requests that many callers get answered a second.</param>
/// <param name="Taken">Requests that were taken.</param>
/// <param name="Refused">Requests that were refused.</param>
/// <param name="RetriedTaken">Of those refused that came again once, after the time they were told, how many were taken then.</param>
/// <param name="Retried">Of those refused, how many came again.</param>
/// <param name="LongestMilliseconds">99 of 100 of the requests that were taken waited no longer.</param>
/// <param name="MedianErrorMilliseconds">The median of the distance between the wait foreseen and the real one.</param>
/// <param name="MedianErrorShare">The same as a share of the real wait, of those that waited for longer than a run.</param>
/// <param name="Correlation">Pearson's, of the waits foreseen and the real ones; 0 where one of them does not vary.</param>
/// <param name="Waits">Some of the waits, in milliseconds: foreseen and real.</param>
internal sealed record AdmissionReport(
    string Encoder,
    double LimitMilliseconds,
    double Offered,
    double Capacity,
    int Taken,
    int Refused,
    int RetriedTaken,
    int Retried,
    double LongestMilliseconds,
    double MedianErrorMilliseconds,
    double MedianErrorShare,
    double Correlation,
    IReadOnlyList<double[]> Waits)
{
    /// <summary>The share of the requests that were refused.</summary>
    public double RefusedShare => (double)Refused / Math.Max(1, Taken + Refused);
}
