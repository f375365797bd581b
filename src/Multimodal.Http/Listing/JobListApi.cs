using System.Globalization;
using Microsoft.AspNetCore.Http;
using Multimodal.Http.Problems;

namespace Multimodal.Http.Listing;

/// <summary>The route that lists jobs.</summary>
public sealed class JobListApi
{
    private const int DefaultPage = 50;

    private readonly JobIndex _index;
    private readonly HttpLimits _limits;
    private readonly ProblemResults _problems;

    internal JobListApi(JobIndex index, HttpLimits limits, ProblemResults problems)
    {
        _index = index;
        _limits = limits;
        _problems = problems;
    }

    /// <summary><c>GET /api/jobs</c>: the newest jobs, page by page. 200, 304, 400.</summary>
    /// <param name="q">Words that a job must hold; see <see cref="JobSearch"/>. Null or empty: every job.</param>
    /// <param name="limit">Jobs on the page, 1 to <see cref="HttpLimits.MaximumPage"/>; 50 where it is null.</param>
    /// <param name="continuation">That of the page before; null for the first.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task<IResult> ListAsync(string? q, string? limit, string? continuation, CancellationToken cancellationToken) =>
        _problems.GuardAsync(
            async () =>
            {
                var size = ParseLimit(limit);
                var after = string.IsNullOrEmpty(continuation) ? null : PageToken.Parse(continuation);
                var search = new JobSearch(q);
                var matching = (await _index.ReadAsync(cancellationToken)).Where(search.Matches).ToList();
                var rest = after is null ? matching : [.. matching.Where(after.IsBefore)];
                var page = rest.Take(size).ToList();
                return new JsonResult<JobList>(
                    new JobList(page, matching.Count, rest.Count > size ? PageToken.Of(page[^1]).ToString() : null),
                    HttpJson.Default.JobList,
                    StatusCodes.Status200OK) { Conditional = true };
            },
            cancellationToken);

    private int ParseLimit(string? text) =>
        string.IsNullOrEmpty(text) ? Math.Min(DefaultPage, _limits.MaximumPage)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= _limits.MaximumPage ? limit
        : throw RequestException.BadQuery("limit", text, $"Use a number from 1 to {_limits.MaximumPage}.");
}
