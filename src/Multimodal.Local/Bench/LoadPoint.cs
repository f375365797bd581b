namespace Multimodal.Local.Bench;

/// <summary>What an encoder did for so many callers at once.</summary>
/// <param name="Callers">Callers that each send one request after the other.</param>
/// <param name="PerSecond">Requests answered a second.</param>
/// <param name="P50Milliseconds">Half of the requests were answered within it.</param>
/// <param name="P95Milliseconds">95 of 100 were.</param>
/// <param name="P99Milliseconds">99 of 100 were.</param>
/// <param name="BytesEach">Managed memory allocated for each request.</param>
/// <param name="Batches">By size of the run, the share of the requests that were part of one.</param>
internal sealed record LoadPoint(
    int Callers, double PerSecond, double P50Milliseconds, double P95Milliseconds, double P99Milliseconds, double BytesEach, SortedDictionary<int, double> Batches);
