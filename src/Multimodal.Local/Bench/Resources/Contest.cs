using System.Diagnostics;

namespace Multimodal.Local.Bench.Resources;

/// <summary>One pipeline that few callers use, and another that many flood, if any.</summary>
internal sealed class Contest(FloodedPipeline watched, int callers, FloodedPipeline? flooding, int floodCallers)
{
    private readonly List<double> _times = [];
    private double _seconds;
    private long _flooded;

    /// <summary>How long each request took, in milliseconds.</summary>
    public IReadOnlyList<double> Times => _times;

    /// <summary>For how long it was measured.</summary>
    public double Seconds => _seconds;

    /// <summary>How many items of the other were encoded.</summary>
    public long Flooded => _flooded;

    /// <summary>Measures for a while; what was measured before is kept.</summary>
    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var counts = new long[(flooding?.Count ?? 0) * floodCallers];
        var flood = Enumerable.Range(0, counts.Length).Select(caller => Task.Run(() => FloodAsync(caller, counts, end.Token), CancellationToken.None)).ToArray();

        // Its lines fill before the clock runs.
        await Task.Delay(duration / 4, cancellationToken);
        var before = counts.Sum(count => Volatile.Read(ref count));
        var begun = Stopwatch.GetTimestamp();
        var sent = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, begun, duration, cancellationToken))));
        _seconds += Stopwatch.GetElapsedTime(begun).TotalSeconds;
        for (var caller = 0; caller < counts.Length; caller++)
        {
            _flooded += Volatile.Read(ref counts[caller]);
        }

        _flooded -= before;
        _times.AddRange(sent.SelectMany(times => times));
        await end.CancelAsync();
        await Task.WhenAll(flood);
    }

    private async Task<List<double>> CallAsync(int caller, long begun, TimeSpan duration, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var i = caller; times.Count == 0 || Stopwatch.GetElapsedTime(begun) < duration; i++)
        {
            var sent = Stopwatch.GetTimestamp();
            await watched.SendAsync(i % watched.Count, i, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
        }

        return times;
    }

    private async Task FloodAsync(int caller, long[] counts, CancellationToken cancellationToken)
    {
        try
        {
            for (var i = caller; !cancellationToken.IsCancellationRequested; i++)
            {
                await flooding!.SendAsync(caller % flooding.Count, i, cancellationToken);
                Interlocked.Increment(ref counts[caller]);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
