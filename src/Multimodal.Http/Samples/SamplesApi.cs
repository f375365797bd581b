using Microsoft.AspNetCore.Http;
using Multimodal.Http.Problems;
using Multimodal.Http.Submission;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Http.Samples;

/// <summary>The routes to the sample jobs that ship with pipelines.</summary>
public sealed class SamplesApi
{
    private readonly PipelineSamples _samples;
    private readonly JobManifests _manifests;
    private readonly JobEntrance _entrance;
    private readonly JobAnswers _answers;
    private readonly ProblemResults _problems;

    internal SamplesApi(PipelineSamples samples, JobManifests manifests, JobEntrance entrance, JobAnswers answers, ProblemResults problems)
    {
        _samples = samples;
        _manifests = manifests;
        _entrance = entrance;
        _answers = answers;
        _problems = problems;
    }

    /// <summary><c>GET /api/samples</c>: the sample jobs; none where the models came without them. 200.</summary>
    public IResult List() => new JsonResult<SampleList>(new SampleList(_samples.List()), HttpJson.Default.SampleList, StatusCodes.Status200OK);

    /// <summary><c>POST /api/samples/{pipeline}/{name}</c>: starts a new job of a sample's files. 202, or 200 as for a submission; 404, 429.</summary>
    public Task<IResult> SubmitAsync(HttpRequest request, string pipeline, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _problems.GuardAsync(
            async () =>
            {
                var sample = _samples.Find(pipeline, name) ?? throw RequestException.SampleNotFound(pipeline, name);
                if (_entrance.FindBusy() is { } retryAfter)
                {
                    return ProblemResults.Busy(retryAfter);
                }

                var options = sample.Files.Contains(InputName.Manifest)
                    ? _manifests.Parse(await File.ReadAllBytesAsync(_samples.FileOf(sample, InputName.Manifest).FullName, cancellationToken))
                    : new JobOptions();
                var record = await _entrance.StartAsync(
                    id: null,
                    options with { Pipeline = pipeline },
                    manifest: null,
                    [.. sample.Files.Where(file => file != InputName.Manifest).Select(file => ToJobFile(_samples.FileOf(sample, file)))],
                    cancellationToken);
                return await _answers.StartedAsync(request, record, cancellationToken);
            },
            cancellationToken);
    }

    private static JobFile ToJobFile(FileInfo file) => new(
        file.Name, file.Length, async cancellationToken => await File.ReadAllBytesAsync(file.FullName, cancellationToken));
}
