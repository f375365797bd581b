using System.Diagnostics;
using System.Diagnostics.Metrics;
using Multimodal.Onnx.Tracing;

namespace Multimodal.Onnx.Batching;

/// <summary>Measures of the engine, for whoever listens to <c>Multimodal.Onnx</c>.</summary>
internal static class BatchTelemetry
{
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

    /// <summary>Begins the span of a run; null where nobody listens.</summary>
    public static Activity? StartRun<TItem, TResult>(string model, string provider, ReadOnlyMemory<PendingItem<TItem, TResult>> batch)
    {
        if (!EncoderSpans.IsWatched)
        {
            return null;
        }

        var span = EncoderSpans.StartRun(model, provider, batch.ToArray().Select(pending => pending.Caller));
        span?.SetTag("multimodal.batch.size", batch.Length);
        span?.SetTag("multimodal.batch.padding", PaddingOf(batch.Span));
        return span;
    }

    /// <summary>Notes a run that succeeded.</summary>
    public static void NoteRun<TItem, TResult>(string model, string provider, ReadOnlySpan<PendingItem<TItem, TResult>> batch, TimeSpan ran)
    {
        if (!Compute.Enabled && !Queue.Enabled && !Sizes.Enabled && !Padding.Enabled)
        {
            return;
        }

        var tag = new KeyValuePair<string, object?>(EncoderSpans.ModelKey, model);
        Compute.Record(ran.TotalSeconds, tag, new KeyValuePair<string, object?>(EncoderSpans.ProviderKey, provider));
        Sizes.Record(batch.Length, tag);
        foreach (var pending in batch)
        {
            Queue.Record((Stopwatch.GetElapsedTime(pending.EnqueuedAt) - ran).TotalSeconds, tag);
        }

        if (PaddingOf(batch) is { } padding)
        {
            Padding.Record(padding, tag);
        }
    }

    /// <summary>Notes a run that failed.</summary>
    public static void NoteFailure(string model, bool exhausted) => Failures.Add(
        1, new KeyValuePair<string, object?>(EncoderSpans.ModelKey, model), new KeyValuePair<string, object?>("multimodal.exhausted", exhausted));

    // Null where nothing is padded, whatever the lengths.
    private static double? PaddingOf<TItem, TResult>(ReadOnlySpan<PendingItem<TItem, TResult>> batch)
    {
        var (longest, sum) = (0, 0L);
        foreach (var pending in batch)
        {
            (longest, sum) = (Math.Max(longest, pending.Length), sum + pending.Length);
        }

        return longest > 0 ? 1 - ((double)sum / ((long)longest * batch.Length)) : null;
    }
}
