using System.Text.Json;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Run;

/// <summary>One line of JSON for each job: its <c>result.json</c>, or where there is none, job, status and error.</summary>
internal sealed class JsonPresenter : IJobPresenter
{
    private static readonly PipelineJson Compact = new(new JsonSerializerOptions(PipelineJson.Default.Options) { WriteIndented = false });

    public void Show(JobRun run) => Console.Out.WriteLine(run.Result is { } result
        ? JsonSerializer.Serialize(result, Compact.JobResult)
        : JsonSerializer.Serialize(
            new JobFailure(run.Job, JobOutcomeStatus.Failed, run.Failure ?? ""), LocalJson.Default.JobFailure));
}
