using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Privacy.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Multimodal.Local.Serve;

/// <summary>Traces and metrics by OpenTelemetry, where the standard variables name a receiver; else none are made.</summary>
internal static class Telemetry
{
    private const string ServiceName = "multimodal-serve";
    private const string Own = "Multimodal.*";

    private static readonly string[] Endpoints =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"];

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (!Endpoints.Any(name => configuration[name] is { Length: > 0 }))
        {
            return;
        }

        services.WatchAll().UseOtlpExporter();
    }

    /// <summary>What is watched, and what is taken off before anything is sent.</summary>
    internal static IOpenTelemetryBuilder WatchAll(this IServiceCollection services) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService(ServiceName).AddEnvironmentVariableDetector())
        .WithTracing(tracing => tracing.AddSource(Own, "Azure.Storage.*").AddAspNetCoreInstrumentation().AddProcessor<ContentFreeSpans>())
        .WithMetrics(metrics => metrics.AddMeter(Own).AddAspNetCoreInstrumentation());
}
