using System.Text.Json;
using Multimodal.Local.Engine;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Run;

/// <summary>Takes one job from its files to its result, as a submission over HTTP would.</summary>
internal sealed class JobRunner(JobSubmission submission, LocalEngine engine, IBlobStore store, RunSettings settings, TimeProvider time)
{
    /// <summary>Runs a job; what goes wrong with it comes back as its outcome, so that other jobs go on.</summary>
    public async Task<JobRun> RunAsync(LocalJob job, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        try
        {
            var result = await ProcessAsync(job, cancellationToken);
            return new JobRun(job.Id, result, null, time.GetElapsedTime(begun));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new JobRun(job.Id, null, e.Message, time.GetElapsedTime(begun));
        }
    }

    private async Task<JobResult> ProcessAsync(LocalJob job, CancellationToken cancellationToken)
    {
        var options = await ReadOptionsAsync(job, cancellationToken);
        options = options with { Labels = settings.Labels ?? options.Labels, Fusion = settings.Fusion ?? options.Fusion };
        var record = await submission.SubmitAsync(job.Id, options, [.. job.Files.Select(ToJobFile)], cancellationToken);
        await engine.RunAsync(JobStarter.CreateRequest(record, complete: true)).WaitAsync(cancellationToken);
        var (result, _) = await store.ReadJsonAsync(JobPaths.Result(job.Id), PipelineJson.Default.JobResult, cancellationToken)
            ?? throw new InvalidDataException($"The result of the job '{job.Id}' is gone.");
        return result;
    }

    private static async Task<JobOptions> ReadOptionsAsync(LocalJob job, CancellationToken cancellationToken)
    {
        if (job.Manifest is null)
        {
            return new JobOptions();
        }

        await using var stream = job.Manifest.OpenRead();
        try
        {
            return await JsonSerializer.DeserializeAsync(stream, PipelineJson.Default.JobOptions, cancellationToken) ?? new JobOptions();
        }
        catch (JsonException e)
        {
            throw JobOptionsException.Malformed(e);
        }
    }

    private static JobFile ToJobFile(FileInfo file) =>
        new(file.Name, file.Length, async token => await File.ReadAllBytesAsync(file.FullName, token));
}
