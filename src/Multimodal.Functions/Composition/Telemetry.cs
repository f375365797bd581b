using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace Multimodal.Functions.Composition;

/// <summary>Traces, metrics and logs by OpenTelemetry; where they go, the standard variables of each exporter say.</summary>
internal static class Telemetry
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public static void AddTelemetry(this FunctionsApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing
                .AddSource("Multimodal.*")
                // The client's and worker's spans of orchestrations, activities and events; storage calls are spans of the SDK.
                .AddSource("Microsoft.DurableTask")
                .AddSource("Azure.Storage.*"))
            .WithMetrics(metrics => metrics.AddMeter("Multimodal.*"));
        if (builder.Configuration[OtlpEndpoint] is { Length: > 0 })
        {
            telemetry.UseOtlpExporter();
        }

        if (builder.Configuration[ApplicationInsights] is { Length: > 0 } connectionString)
        {
            telemetry.UseAzureMonitorExporter(options => options.ConnectionString = connectionString);
        }
    }
}
