using System.Diagnostics;

namespace Multimodal.Onnx.Tracing;

/// <summary>
/// Spans of the engine, for whoever listens to <c>Multimodal.Onnx</c>. They hold names and numbers, no content. Attributes are those of
/// OpenTelemetry where it has them (<c>gen_ai.*</c>, <c>error.type</c>).
/// </summary>
internal static class EncoderSpans
{
    public const string ModelKey = "gen_ai.request.model";
    public const string ProviderKey = "multimodal.execution_provider";

    private static readonly ActivitySource Source = new("Multimodal.Onnx");

    /// <summary>Whether anybody listens.</summary>
    public static bool IsWatched => Source.HasListeners();

    /// <summary>The span in which a caller asks, where anybody will want to know.</summary>
    public static Activity? Caller => IsWatched ? Activity.Current : null;

    /// <summary>Begins the opening of an encoder; null where nobody listens.</summary>
    public static Activity? StartLoad(string model, ExecutionProvider provider) => Begin("load", model, provider.ToName(), default, null);

    /// <summary>Begins the runs that warm an encoder up.</summary>
    public static Activity? StartWarmUp(string model, ExecutionProvider provider) => Begin("warm_up", model, provider.ToName(), default, null);

    /// <summary>
    /// Begins a run. Where all its items come from one caller it is part of what that caller does; else it stands for itself and is linked to
    /// each.
    /// </summary>
    /// <param name="model">The encoder.</param>
    /// <param name="provider">What runs it.</param>
    /// <param name="callers">The caller of each item; null where it has none.</param>
    public static Activity? StartRun(string model, string provider, IEnumerable<Activity?> callers)
    {
        var contexts = callers.OfType<Activity>().Select(caller => caller.Context).Distinct().ToArray();
        return contexts is [var only]
            ? Begin("run", model, provider, only, null)
            : Begin("run", model, provider, default, contexts.Select(context => new ActivityLink(context)));
    }

    /// <summary>Notes that what the span stands for failed.</summary>
    public static void Fail(this Activity? span, Exception failure)
    {
        // The type alone: a message may quote what somebody sent.
        span?.SetTag("error.type", failure.GetType().FullName);
        span?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
    }

    private static Activity? Begin(string operation, string model, string provider, ActivityContext parent, IEnumerable<ActivityLink>? links)
    {
        var span = Source.CreateActivity($"{operation} {model}", ActivityKind.Internal, parent, null, links);
        if (span is null)
        {
            return null;
        }

        span.SetTag("gen_ai.provider.name", "onnxruntime");
        span.SetTag(ModelKey, model);
        span.SetTag(ProviderKey, provider);
        return span.Start();
    }
}
