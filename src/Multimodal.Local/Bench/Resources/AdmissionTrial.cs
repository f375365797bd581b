using System.Collections.Concurrent;
using System.Diagnostics;
using MathNet.Numerics.Statistics;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Bench.Resources;

/// <summary>Sends requests to one encoder at random times, in bursts, twice as many as it can answer; those that are refused come again once.</summary>
internal sealed class AdmissionTrial(FloodedPipeline pipeline, int encoder, TimeSpan limit, int callers)
{
    // Twice what can be answered, in bursts of a quarter of a second of work: lines of every length.
    private const double Overload = 2, BurstSeconds = 0.25;
    private const int MostWaits = 500, Seed = 9;

    private readonly ConcurrentBag<(double Foreseen, double Waited, double Ran)> _waits = [];
    private int _refused;
    private int _retried;
    private int _retriedTaken;

    /// <summary>Measures.</summary>
    public async Task<AdmissionReport> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var capacity = await MeasureAsync(duration / 4, cancellationToken);
        var random = new Random(Seed);
        var requests = new List<Task>();
        var begun = Stopwatch.GetTimestamp();
        var (sent, due) = (0, 0.0);
        while (Stopwatch.GetElapsedTime(begun) < duration)
        {
            var burst = 1 + random.Next(Math.Max(1, (int)(2 * capacity * BurstSeconds)));
            for (var i = 0; i < burst; i++)
            {
                requests.Add(SendAsync(sent++, cancellationToken));
            }

            due += burst / (capacity * Overload);
            var left = due - Stopwatch.GetElapsedTime(begun).TotalSeconds;
            if (left > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(left), cancellationToken);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await Task.WhenAll(requests);
        return Report(sent / elapsed, capacity);
    }

    private async Task<double> MeasureAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var contest = new Contest(pipeline.Only(encoder), callers, null, 0);
        await contest.RunAsync(duration, cancellationToken);
        return contest.Times.Count / contest.Seconds;
    }

    private async Task SendAsync(int number, CancellationToken cancellationToken)
    {
        try
        {
            await EncodeAsync(number, cancellationToken);
        }
        catch (EncoderBusyException refusal)
        {
            Interlocked.Increment(ref _refused);
            await Task.Delay(refusal.RetryAfter, cancellationToken);
            Interlocked.Increment(ref _retried);
            try
            {
                await EncodeAsync(number, cancellationToken);
                Interlocked.Increment(ref _retriedTaken);
            }
            catch (EncoderBusyException)
            {
                // Others were before it.
            }
        }
    }

    private async Task EncodeAsync(int number, CancellationToken cancellationToken)
    {
        pipeline.Admit(encoder);
        var ledger = await pipeline.SendAsync(encoder, number, cancellationToken);
        _waits.Add((ledger.Foreseen.TotalMilliseconds, ledger.Waited.TotalMilliseconds, ledger.Computed.TotalMilliseconds * ledger.LargestBatch));
    }

    // Where nothing was taken, or nothing varied, there is nothing to tell.
    private static double Known(double value) => double.IsFinite(value) ? value : 0;

    private AdmissionReport Report(double offered, double capacity)
    {
        var waits = _waits.ToArray();
        var errors = waits.Select(wait => Math.Abs(wait.Foreseen - wait.Waited)).ToArray();
        var shares = waits.Where(wait => wait.Waited > wait.Ran).Select(wait => Math.Abs(wait.Foreseen - wait.Waited) / wait.Waited).ToArray();
        return new AdmissionReport(
            pipeline.NameOf(encoder),
            limit.TotalMilliseconds,
            offered,
            capacity,
            waits.Length,
            _refused,
            _retriedTaken,
            _retried,
            Known(waits.Select(wait => wait.Waited).Quantile(0.99)),
            Known(errors.Median()),
            Known(shares.Median()),
            Known(Correlation.Pearson(waits.Select(wait => wait.Foreseen), waits.Select(wait => wait.Waited))),
            [.. waits.Where((_, i) => i % Math.Max(1, waits.Length / MostWaits) == 0).Select(wait => (double[])[Math.Round(wait.Foreseen, 2), Math.Round(wait.Waited, 2)])]);
    }
}
