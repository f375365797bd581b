using System.Diagnostics.Metrics;
using Multimodal.Onnx.Tracing;

namespace Multimodal.Onnx.Sessions;

/// <summary>Measures of sessions, for whoever listens to <c>Multimodal.Onnx</c>.</summary>
internal static class SessionTelemetry
{
    private static readonly Meter Meter = new("Multimodal.Onnx");

    private static readonly Histogram<double> Loads = Meter.CreateHistogram<double>(
        "multimodal.encoder.load.duration", "s", "How long a network took to be opened.");

    /// <summary>Notes an opening.</summary>
    public static void NoteLoad(string model, ExecutionProvider provider, TimeSpan load) => Loads.Record(
        load.TotalSeconds,
        new KeyValuePair<string, object?>(EncoderSpans.ModelKey, model),
        new KeyValuePair<string, object?>(EncoderSpans.ProviderKey, provider.ToName()));

    /// <summary>Shows what a pool holds, as long as it lives.</summary>
    public static void Watch<T>(ResourcePool<T> pool)
        where T : class, IDisposable
    {
        var weak = new WeakReference<ResourcePool<T>>(pool);
        Meter.CreateObservableUpDownCounter(
            "multimodal.sessions.memory", () => weak.TryGetTarget(out var open) ? open.Bytes : 0, "By", "Model files of the sessions that are open.");
        Meter.CreateObservableCounter(
            "multimodal.sessions.evicted", () => weak.TryGetTarget(out var open) ? open.Evicted : 0, "{session}", "Sessions that were closed to make room.");
        Meter.CreateObservableCounter(
            "multimodal.sessions.idle_closed", () => weak.TryGetTarget(out var open) ? open.IdleClosed : 0, "{session}", "Sessions that were closed because nobody used them.");
    }
}
