using Microsoft.AspNetCore.Http;
using Multimodal.Http.Submission;
using Multimodal.Http.Views;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http;

/// <summary>Answers with a job.</summary>
internal sealed class JobAnswers(JobServices jobs, JobWait wait, HttpLimits limits)
{
    /// <summary>A job as it stands.</summary>
    /// <exception cref="JobNotFoundException">There is no such job.</exception>
    /// <exception cref="JobErasedException">It was erased.</exception>
    public async Task<JobView> ReadAsync(JobId job, CancellationToken cancellationToken)
    {
        await jobs.Administration.ThrowIfErasedAsync(job, cancellationToken);
        return JobView.Of(await jobs.Reader.ReadAsync(job, cancellationToken));
    }

    /// <summary>202 for a job that has been started; 200 where the request waits and the result stands by then.</summary>
    public async Task<IResult> StartedAsync(HttpRequest request, JobRecord record, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string> { ["Location"] = $"{JobsEndpoints.Jobs}/{record.JobId}" };
        var closed = false;
        if (PreferHeader.FindWait(request.Headers["Prefer"], limits.MaximumWaitSeconds) is { } seconds)
        {
            closed = await wait.UntilClosedAsync(record.JobId, record.Revision, TimeSpan.FromSeconds(seconds), cancellationToken);
            headers["Preference-Applied"] = $"wait={seconds}";
        }

        return new JsonResult<JobView>(
            await ReadAsync(record.JobId, cancellationToken),
            HttpJson.Default.JobView,
            closed ? StatusCodes.Status200OK : StatusCodes.Status202Accepted) { Headers = headers };
    }
}
