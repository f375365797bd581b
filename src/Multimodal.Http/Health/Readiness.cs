using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Multimodal.Http.Problems;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Parity;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Http.Health;

/// <summary>Looks whether this host can take jobs: the storage answers, the default pipeline loads, a runtime is there.</summary>
internal sealed class Readiness(
    IBlobStore store, PipelineCatalog pipelines, HostSettings settings, IRuntimeStatus runtime, EncoderParity parity, ILogger<Readiness> logger)
{
    public async Task<IResult> CheckAsync(CancellationToken cancellationToken)
    {
        var storage = await CheckStorageAsync(cancellationToken);
        var (pipeline, reference) = await CheckPipelineAsync();
        var engine = CheckRuntime();
        HealthCheck[] checks = [storage, pipeline, engine];
        return reference is null || !storage.Ok || !engine.Ok
            ? ProblemResults.NotReady(checks)
            : new JsonResult<ReadyReport>(
                new ReadyReport(
                    "ready", checks, reference, new RuntimeReport(
                        runtime.Name, runtime.ExecutionProviders, runtime.AvailableProviders, [.. runtime.Loads.Select(EncoderReport.Of)])),
                HttpJson.Default.ReadyReport,
                StatusCodes.Status200OK);
    }

    private async Task<HealthCheck> CheckStorageAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Whether it is there does not matter; that the store answers does.
            await store.FindAsync(new BlobPath(Containers.Jobs, "ready"), cancellationToken);
            return new HealthCheck("storage", true, "The storage answers.");
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.StorageUnreachable(logger, LoggedException.Of(e));
            return new HealthCheck("storage", false, "The storage cannot be reached.");
        }
    }

    private HealthCheck CheckRuntime() => runtime.Faults is { Count: > 0 } faults
        ? new HealthCheck("runtime", false, string.Join(" ", faults))
        : new HealthCheck("runtime", true, "Every network that is open can run.");

    private async Task<(HealthCheck Check, PipelineReference? Reference)> CheckPipelineAsync()
    {
        try
        {
            var pipeline = pipelines.Get(settings.DefaultPipeline);
            var reports = await parity.CheckOnceAsync(pipeline);
            if (EncoderParity.Describe(pipeline, reports, runtime.ExecutionProviders) is { } fault)
            {
                Log.PipelineUnlike(logger, fault);
                return (new HealthCheck("pipeline", false, fault), null);
            }

            var compared = reports.Count == 0 ? "" : $"; {reports.Sum(report => report.Items)} reference embeddings are met";
            return (
                new HealthCheck("pipeline", true, $"The pipeline '{pipeline.Definition.Name}' is loaded; its files have their declared hashes{compared}."),
                new PipelineReference(pipeline.Definition.Name, pipeline.Definition.Version, pipeline.Digest));
        }
        catch (PipelineException e)
        {
            Log.PipelineUnusable(logger, LoggedException.Of(e));
            return (new HealthCheck("pipeline", false, $"The pipeline '{settings.DefaultPipeline}' cannot be used."), null);
        }
    }
}
