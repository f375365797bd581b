using Microsoft.AspNetCore.Http;
using Multimodal.Http.Problems;
using Multimodal.Orchestration.Search;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Retrieval.Jobs;

namespace Multimodal.Http.Search;

/// <summary>The routes that find jobs near to something.</summary>
public sealed class SearchApi
{
    private static readonly string[] KnownVectors = [RetrievalDefinition.Fused, .. Enum.GetValues<Modality>().Select(modality => modality.ToName())];

    private readonly JobSearcher _searcher;
    private readonly SearchReader _reader;
    private readonly IJobAdmission _admission;
    private readonly ProblemResults _problems;

    internal SearchApi(JobSearcher searcher, SearchReader reader, IJobAdmission admission, ProblemResults problems)
    {
        _searcher = searcher;
        _reader = reader;
        _admission = admission;
        _problems = problems;
    }

    /// <summary><c>GET /api/search</c>: the jobs that are nearest to a text or a job. 200, 400, 404, 410, 422, 503.</summary>
    public Task<IResult> FindAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _problems.GuardAsync(
            () => AnswerAsync(SearchFields.Read(request.Query.Select(field => new KeyValuePair<string, string?>(field.Key, field.Value))), null, cancellationToken),
            cancellationToken);
    }

    /// <summary>
    /// <c>POST /api/search</c>: the same, by the fields of a form, which may hold a file, or by JSON. 200, 400, 404, 410, 413, 415, 422, 429, 503.
    /// </summary>
    public Task<IResult> SearchAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _problems.GuardAsync(
            async () =>
            {
                // Asked before the body is read, which may be large.
                if (_admission.FindBusy() is { } retryAfter)
                {
                    return ProblemResults.Busy(retryAfter);
                }

                var (search, file) = await _reader.ReadAsync(request, cancellationToken);
                return await AnswerAsync(search, file, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<IResult> AnswerAsync(SearchRequest request, InputContent? file, CancellationToken cancellationToken)
    {
        var query = new SearchQuery
        {
            Text = request.Text,
            File = file,
            Job = request.Job is null ? null : JobIds.Parse(request.Job),
            Pipeline = request.Pipeline,
            Index = request.Index,
            Filter = new JobFilter
            {
                Vectors = [.. (request.In ?? []).Select(CheckVector)],
                Label = request.Label,
                Pipeline = request.JobPipeline,
                Since = request.Since,
                Until = request.Until,
            },
            Count = request.K is not { } count ? new SearchQuery().Count
                : count is >= 1 and <= SearchQuery.MostJobs ? count
                : throw RequestException.BadSearchCount($"{count}"),
        };

        // One after the other, as for jobs: what is decoded needs much memory.
        using var admitted = await _admission.EnterAsync(cancellationToken);
        return new JsonResult<SearchAnswer>(
            await _searcher.SearchAsync(query, cancellationToken), HttpJson.Default.SearchAnswer, StatusCodes.Status200OK);
    }

    private static string CheckVector(string vector) => KnownVectors.Contains(vector)
        ? vector
        : throw RequestException.BadQuery("in", vector, $"Use {string.Join(", ", KnownVectors)}.");
}
