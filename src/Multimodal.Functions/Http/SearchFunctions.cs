using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Multimodal.Http.Search;

namespace Multimodal.Functions.Http;

/// <summary>Finds jobs near to something, over HTTP; the answers are the same with every host.</summary>
public sealed class SearchFunctions(SearchApi api)
{
    /// <summary>Jobs near to a text or a job.</summary>
    [Function(nameof(FindJobs))]
    public Task<IResult> FindJobs(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "search")] HttpRequest request, CancellationToken cancellationToken) =>
        api.FindAsync(request, cancellationToken);

    /// <summary>Jobs near to a file, a text or a job.</summary>
    [Function(nameof(SearchJobs))]
    public Task<IResult> SearchJobs(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "search")] HttpRequest request, CancellationToken cancellationToken) =>
        api.SearchAsync(request, cancellationToken);
}
