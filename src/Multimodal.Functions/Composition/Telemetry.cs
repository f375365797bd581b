using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Privacy.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Multimodal.Functions.Composition;

/// <summary>Traces, metrics and logs by OpenTelemetry; where they go, the standard variables of each exporter say.</summary>
internal static class Telemetry
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public static void AddTelemetry(this FunctionsApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(Trace)
            .WithMetrics(metrics => metrics.AddMeter("Multimodal.*"));
        if (builder.Configuration[Sampler] is null or "")
        {
            // A job's activities carry on the trace of the upload that started it, but a host that exports nothing itself marks them as
            // not sampled. Taken at its word, the trace would end with the upload.
            telemetry.WithTracing(tracing => tracing.SetSampler(new AlwaysOnSampler()));
        }

        if (builder.Configuration[OtlpEndpoint] is { Length: > 0 })
        {
            telemetry.UseOtlpExporter();
        }

        if (builder.Configuration[ApplicationInsights] is { Length: > 0 } connectionString)
        {
            telemetry.UseAzureMonitorExporter(options =>
            {
                options.ConnectionString = connectionString;
                options.Credential = TelemetryIdentity.Read(builder.Configuration[TelemetryIdentity.Setting]);
            });
        }
    }

    // The Durable client's spans of starts and events, and those of the storage SDK, beside our own.
    private static void Trace(TracerProviderBuilder tracing) => tracing.AddSource("Multimodal.*", "Microsoft.DurableTask", "Azure.Storage.*").AddProcessor<ContentFreeSpans>();
}
