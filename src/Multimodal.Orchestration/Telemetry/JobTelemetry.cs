using System.Diagnostics;
using System.Diagnostics.Metrics;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Telemetry;

/// <summary>Spans and measures of a job's stages, for whoever listens to <c>Multimodal.Orchestration</c>. They hold ids and numbers, no content.</summary>
internal static class JobTelemetry
{
    private const string Name = "Multimodal.Orchestration";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(
        "multimodal.stage.duration", "s", "How long a stage of a job took, an attempt at a time.");

    private static readonly Counter<long> Inputs = Meter.CreateCounter<long>(
        "multimodal.inputs", "{input}", "Inputs that were taken in, by modality and what became of them.");

    private static readonly Counter<long> Jobs = Meter.CreateCounter<long>(
        "multimodal.jobs", "{job}", "Revisions of jobs that were closed, by how they ended.");

    /// <summary>Runs a stage within a span of its name.</summary>
    public static async Task<T> RunAsync<T>(string stage, JobId job, Func<Activity?, Task<T>> runAsync)
    {
        using var span = Source.StartActivity(stage);
        span?.SetTag("multimodal.job.id", job.Value);
        var begun = TimeProvider.System.GetTimestamp();
        var failed = true;
        try
        {
            var value = await runAsync(span);
            failed = false;
            return value;
        }
        catch (Exception e)
        {
            // The type alone: a message may quote what somebody sent.
            span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }
        finally
        {
            Durations.Record(
                TimeProvider.System.GetElapsedTime(begun).TotalSeconds,
                new KeyValuePair<string, object?>("multimodal.stage", stage),
                new KeyValuePair<string, object?>("multimodal.failed", failed));
        }
    }

    /// <summary>Notes what became of an input.</summary>
    public static void Count(InputReceipt receipt)
    {
        var modality = receipt.Modality?.ToName() ?? "unknown";
        Activity.Current?.SetTag("multimodal.modality", modality);
        Activity.Current?.SetTag("multimodal.input.state", receipt.State.ToString());
        Inputs.Add(
            1,
            new KeyValuePair<string, object?>("multimodal.modality", modality),
            new KeyValuePair<string, object?>("multimodal.input.state", receipt.State.ToString()));
    }

    /// <summary>Notes how a revision ended.</summary>
    public static void Count(JobOutcomeStatus status, string pipeline) => Jobs.Add(
        1,
        new KeyValuePair<string, object?>("multimodal.status", status.ToString()),
        new KeyValuePair<string, object?>("multimodal.pipeline", pipeline));
}
