using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Multimodal.Http.Health;
using Multimodal.Http.Problems;
using Multimodal.Http.Submission;
using Multimodal.Http.Views;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Http;

/// <summary>
/// The routes, a method for each. None of them throws but where its request was given up: what goes wrong is answered
/// as a problem (RFC 9457).
/// </summary>
public sealed class JobsApi
{
    private readonly JobServices _jobs;
    private readonly HttpServices _http;

    internal JobsApi(JobServices jobs, HttpServices http)
    {
        _jobs = jobs;
        _http = http;
    }

    /// <summary>
    /// <c>POST /api/jobs</c>: a job as <c>multipart/form-data</c>. Parts with a file name are its inputs; a part <c>job</c> or
    /// <c>job.json</c> holds its options, a field <c>jobId</c> its id, else one is made.
    /// </summary>
    /// <remarks>
    /// 202, with <c>Location</c>; 200 where the header <c>Prefer: wait=N</c> asks for up to N seconds and the result stands by then.
    /// 400 for a request that is not well-formed or options that cannot be used, 409 for the id of an erased job, 413, 415; 429 where
    /// as many jobs wait as may.
    /// A closed job runs its next revision, an open one goes on with the files added.
    /// </remarks>
    public Task<IResult> SubmitAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _http.Problems.GuardAsync(
            async () =>
            {
                // Asked before the body is read, which may be large.
                if (_http.Admission.FindBusy() is { } retryAfter)
                {
                    return ProblemResults.Busy(retryAfter);
                }

                await using var submitted = await _http.Reader.ReadAsync(request, cancellationToken);
                try
                {
                    var record = await SubmitAsync(submitted, cancellationToken);
                    return await AnswerAsync(request, record, cancellationToken);
                }
                catch (JobErasedException e)
                {
                    return ProblemResults.Conflict(e);
                }
            },
            cancellationToken);
    }

    /// <summary><c>GET /api/jobs/{id}</c>: the job, how far it is, its inputs, and its result where there is one. 200, 304, 404, 410.</summary>
    public Task<IResult> GetAsync(string id, CancellationToken cancellationToken) =>
        _http.Problems.GuardAsync(
            async () => new JsonResult<JobView>(
                await ReadAsync(ParseId(id), cancellationToken), HttpJson.Default.JobView, StatusCodes.Status200OK) { Conditional = true },
            cancellationToken);

    /// <summary>
    /// <c>POST /api/jobs/{id}/rerun</c>: the job's next revision over all of its uploads. 202, or 200 as for a submission; 404, 410.
    /// </summary>
    public Task<IResult> RerunAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _http.Problems.GuardAsync(
            async () => _http.Admission.FindBusy() is { } retryAfter
                ? ProblemResults.Busy(retryAfter)
                : await AnswerAsync(request, await RerunAsync(ParseId(id), cancellationToken), cancellationToken),
            cancellationToken);
    }

    /// <summary><c>DELETE /api/jobs/{id}</c>: stops the job and erases it. 204, also where it was erased before; 404.</summary>
    public Task<IResult> DeleteAsync(string id, CancellationToken cancellationToken) =>
        _http.Problems.GuardAsync(
            async () =>
            {
                var job = ParseId(id);
                return await _jobs.Administration.EraseAsync(job, cancellationToken)
                    ? new StatusResult(StatusCodes.Status204NoContent)
                    : throw new JobNotFoundException(job);
            },
            cancellationToken);

    /// <summary><c>GET /api/pipelines</c>: the pipelines of this host. 200.</summary>
    public IResult ListPipelines() => new JsonResult<PipelineList>(
        new PipelineList([.. _jobs.Pipelines.Repository.List().Select(Describe)]), HttpJson.Default.PipelineList, StatusCodes.Status200OK);

    /// <summary><c>GET /api/health/live</c>: the process answers. 200.</summary>
    [SuppressMessage("Performance", "CA1822:Mark members as static", Justification = "A route like the others.")]
    public IResult Live() => new JsonResult<LiveReport>(new LiveReport("live"), HttpJson.Default.LiveReport, StatusCodes.Status200OK);

    /// <summary>
    /// <c>GET /api/health/ready</c>: whether jobs can be taken, and what executes the networks. 200, or 503 with what is missing.
    /// </summary>
    public Task<IResult> ReadyAsync(CancellationToken cancellationToken) =>
        _http.Problems.GuardAsync(() => _http.Readiness.CheckAsync(cancellationToken), cancellationToken);

    private static JobId ParseId(string id) => JobId.TryParse(id, out var job) ? job : throw RequestException.BadJobId(id);

    private static string LocationOf(JobId job) => $"{JobsEndpoints.Jobs}/{job}";

    private async Task<JobRecord> RerunAsync(JobId job, CancellationToken cancellationToken)
    {
        using var admitted = await _http.Admission.EnterAsync(cancellationToken);
        return await _jobs.Administration.RerunAsync(job, cancellationToken);
    }

    // Not given up when the sender goes away: what is sent whole becomes a job that is started.
    private async Task<JobRecord> SubmitAsync(SubmittedJob submitted, CancellationToken cancellationToken)
    {
        using var admitted = await _http.Admission.EnterAsync(cancellationToken);

        // Sorted by time, so that jobs lie in the store as they came.
        var job = submitted.JobId ?? JobId.Parse(Guid.CreateVersion7(_http.Time.GetUtcNow()).ToString("n"));
        await _jobs.Administration.ThrowIfErasedAsync(job, CancellationToken.None);
        await _jobs.Submission.SubmitAsync(
            job, submitted.Options, submitted.Manifest, [.. submitted.Files.Select(file => file.ToJobFile())], CancellationToken.None);
        var record = await _jobs.Records.GetAsync(job, CancellationToken.None);
        await _jobs.Launcher.LaunchAsync(record, CancellationToken.None);
        return record;
    }

    private async Task<IResult> AnswerAsync(HttpRequest request, JobRecord record, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string> { ["Location"] = LocationOf(record.JobId) };
        var closed = false;
        if (PreferHeader.FindWait(request.Headers["Prefer"], _http.Limits.MaximumWaitSeconds) is { } seconds)
        {
            closed = await _http.Wait.UntilClosedAsync(
                record.JobId, record.Revision, TimeSpan.FromSeconds(seconds), cancellationToken);
            headers["Preference-Applied"] = $"wait={seconds}";
        }

        return new JsonResult<JobView>(
            await ReadAsync(record.JobId, cancellationToken),
            HttpJson.Default.JobView,
            closed ? StatusCodes.Status200OK : StatusCodes.Status202Accepted) { Headers = headers };
    }

    private async Task<JobView> ReadAsync(JobId job, CancellationToken cancellationToken)
    {
        await _jobs.Administration.ThrowIfErasedAsync(job, cancellationToken);
        return JobView.Of(await _jobs.Reader.ReadAsync(job, cancellationToken));
    }

    private PipelineView Describe(string name)
    {
        var isDefault = name == _jobs.Settings.DefaultPipeline;
        try
        {
            return PipelineView.Of(_jobs.Pipelines.Get(name), isDefault);
        }
        catch (PipelineException)
        {
            return new PipelineView(name, false, isDefault);
        }
    }
}
