using Microsoft.AspNetCore.Http;
using Multimodal.Http.Problems;

namespace Multimodal.Http.Events;

/// <summary>The route that tells how a job goes on while it does.</summary>
public sealed class JobEventsApi
{
    private readonly JobAnswers _answers;
    private readonly StreamSlots _slots;
    private readonly StreamClock _clock;
    private readonly ProblemResults _problems;

    internal JobEventsApi(JobAnswers answers, StreamSlots slots, StreamClock clock, ProblemResults problems)
    {
        _answers = answers;
        _slots = slots;
        _clock = clock;
        _problems = problems;
    }

    /// <summary>
    /// <c>GET /api/jobs/{id}/events</c>: server-sent events. <c>job</c> holds the job as <c>GET /api/jobs/{id}</c> has it, at first and
    /// after each change; <c>end</c> follows when it is closed, and the stream ends; <c>problem</c> says why it ends otherwise.
    /// </summary>
    /// <remarks>200, 400, 404, 410; 429 where as many clients watch as may.</remarks>
    public Task<IResult> WatchAsync(string id, CancellationToken cancellationToken) =>
        _problems.GuardAsync(
            async () =>
            {
                // Read once before the answer begins, so that a job that is not there has a status of its own.
                var job = JobIds.Parse(id);
                await _answers.ReadAsync(job, cancellationToken);
                return new JobEventStream(job, _answers, _slots, _clock, _problems);
            },
            cancellationToken);
}
