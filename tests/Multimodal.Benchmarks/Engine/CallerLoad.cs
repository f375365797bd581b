using System.Diagnostics;
using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Benchmarks.Engine;

/// <summary>Callers that each send one request after the other.</summary>
internal static class CallerLoad
{
    /// <summary>Sends for a while.</summary>
    /// <returns>Requests a second, and managed bytes allocated for each.</returns>
    public static async Task<(double PerSecond, double BytesEach)> RunAsync(
        IEmbeddingGenerator<Features, Embedding<float>> encoder, Features features, int callers, TimeSpan duration, CancellationToken token)
    {
        Features[] inputs = [features];
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => encoder.GenerateAsync(inputs, cancellationToken: token)));
        var bytes = GC.GetTotalAllocatedBytes();
        var begun = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(async _ =>
        {
            var count = 0;
            while (Stopwatch.GetElapsedTime(begun) < duration)
            {
                await encoder.GenerateAsync(inputs, cancellationToken: token);
                count++;
            }

            return count;
        }));
        var sent = counts.Sum();
        return (sent / Stopwatch.GetElapsedTime(begun).TotalSeconds, (double)(GC.GetTotalAllocatedBytes() - bytes) / sent);
    }
}
