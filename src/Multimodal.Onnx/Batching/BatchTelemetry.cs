using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Multimodal.Onnx.Batching;

/// <summary>Measures of the engine, for whoever listens to <c>Multimodal.Onnx</c>.</summary>
internal static class BatchTelemetry
{
    private const string ModelKey = "gen_ai.request.model";

    private static readonly Meter Meter = new("Multimodal.Onnx");

    private static readonly Histogram<double> Queue = Meter.CreateHistogram<double>(
        "multimodal.encoder.queue.duration", "s", "How long an item waited for its run.");

    private static readonly Histogram<double> Compute = Meter.CreateHistogram<double>(
        "multimodal.encoder.run.duration", "s", "How long a run of a network took.");

    private static readonly Histogram<int> Sizes = Meter.CreateHistogram<int>(
        "multimodal.encoder.batch.size", "{item}", "How many items shared a run.");

    private static readonly Histogram<double> Padding = Meter.CreateHistogram<double>(
        "multimodal.encoder.batch.padding", "1", "The share of a run's positions that was padding.");

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        "multimodal.encoder.run.failures", "{run}", "Runs that failed, by whether memory was wanting.");

    /// <summary>Notes a run that succeeded.</summary>
    public static void NoteRun<TItem, TResult>(string model, ReadOnlySpan<PendingItem<TItem, TResult>> batch, TimeSpan ran)
    {
        if (!Compute.Enabled && !Queue.Enabled && !Sizes.Enabled && !Padding.Enabled)
        {
            return;
        }

        var tag = new KeyValuePair<string, object?>(ModelKey, model);
        Compute.Record(ran.TotalSeconds, tag);
        Sizes.Record(batch.Length, tag);
        var (longest, sum) = (0, 0L);
        foreach (var pending in batch)
        {
            Queue.Record((Stopwatch.GetElapsedTime(pending.EnqueuedAt) - ran).TotalSeconds, tag);
            (longest, sum) = (Math.Max(longest, pending.Length), sum + pending.Length);
        }

        if (longest > 0)
        {
            Padding.Record(1 - ((double)sum / ((long)longest * batch.Length)), tag);
        }
    }

    /// <summary>Notes a run that failed.</summary>
    public static void NoteFailure(string model, bool exhausted) => Failures.Add(
        1, new KeyValuePair<string, object?>(ModelKey, model), new KeyValuePair<string, object?>("multimodal.exhausted", exhausted));
}
