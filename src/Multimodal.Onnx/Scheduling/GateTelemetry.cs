using System.Diagnostics.Metrics;
using Multimodal.Onnx.Tracing;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Scheduling;

/// <summary>Measures of what waits and who runs, for whoever listens to <c>Multimodal.Onnx</c>.</summary>
internal static class GateTelemetry
{
    private static readonly Meter Meter = new("Multimodal.Onnx");

    /// <summary>Shows what waits for the encoders of a factory and who takes its threads, as long as it lives.</summary>
    public static void Watch(OnnxModelFactory factory)
    {
        var weak = new WeakReference<OnnxModelFactory>(factory);
        Meter.CreateObservableGauge(
            "multimodal.encoder.wait.estimate",
            () => Encoders(weak, load => load.InteractiveWait.TotalSeconds),
            "s",
            "How long an interactive item that came now would wait for its run.");
        Meter.CreateObservableGauge(
            "multimodal.encoder.work.waiting", () => Encoders(weak, load => load.Work.TotalSeconds), "s", "What waits for an encoder, as runs one after the other.");
        Meter.CreateObservableUpDownCounter(
            "multimodal.pipeline.threads",
            () => weak.TryGetTarget(out var models)
                ? models.ThreadsInUse.Select(use => new Measurement<int>(use.Threads, new KeyValuePair<string, object?>("multimodal.pipeline", use.Pipeline)))
                : [],
            "{thread}",
            "Threads that a pipeline's runs take.");
    }

    private static IEnumerable<Measurement<double>> Encoders(WeakReference<OnnxModelFactory> weak, Func<EncoderLoad, double> value) =>
        weak.TryGetTarget(out var models)
            ? models.Loads.Select(load => new Measurement<double>(value(load), new KeyValuePair<string, object?>(EncoderSpans.ModelKey, load.Encoder)))
            : [];
}
