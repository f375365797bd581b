using System.Diagnostics;
using MathNet.Numerics.Statistics;
using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Bench;

/// <summary>Callers at once that each send one request after the other.</summary>
internal sealed class CallerLoad(IEmbeddingGenerator<Features, Embedding<float>> encoder, IReadOnlyList<Features> inputs)
{
    /// <summary>Sends for a while; each caller begins at another input.</summary>
    public async Task<LoadPoint> RunAsync(int callers, TimeSpan duration, CancellationToken cancellationToken)
    {
        // What grows with the number of callers grows before the clock runs.
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => encoder.GenerateAsync([inputs[caller % inputs.Count]], cancellationToken: cancellationToken)));
        var bytes = GC.GetTotalAllocatedBytes();
        var begun = Stopwatch.GetTimestamp();
        var sent = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, begun, duration, cancellationToken))));
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var allocated = GC.GetTotalAllocatedBytes() - bytes;
        var times = sent.SelectMany(caller => caller.Select(request => request.Milliseconds)).ToArray();
        Array.Sort(times);
        var batches = sent.SelectMany(caller => caller).CountBy(request => request.Batch)
            .ToDictionary(pair => pair.Key, pair => (double)pair.Value / times.Length);
        return new LoadPoint(
            callers,
            times.Length / elapsed,
            SortedArrayStatistics.Quantile(times, 0.5),
            SortedArrayStatistics.Quantile(times, 0.95),
            SortedArrayStatistics.Quantile(times, 0.99),
            (double)allocated / times.Length,
            new SortedDictionary<int, double>(batches));
    }

    private async Task<List<(double Milliseconds, int Batch)>> CallAsync(int caller, long begun, TimeSpan duration, CancellationToken cancellationToken)
    {
        var requests = new List<(double, int)>();
        for (var i = caller; Stopwatch.GetElapsedTime(begun) < duration; i++)
        {
            var sent = Stopwatch.GetTimestamp();
            var embeddings = await encoder.GenerateAsync([inputs[i % inputs.Count]], cancellationToken: cancellationToken);
            requests.Add((Stopwatch.GetElapsedTime(sent).TotalMilliseconds, EncodeLedger.Of(embeddings)?.LargestBatch ?? 1));
        }

        return requests;
    }
}
