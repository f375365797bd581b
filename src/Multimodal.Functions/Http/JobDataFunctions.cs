using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Multimodal.Functions.Durable;
using Multimodal.Http.Events;
using Multimodal.Http.Files;
using Multimodal.Http.Listing;

namespace Multimodal.Functions.Http;

/// <summary>What jobs hold, over HTTP; the answers are the same with every host.</summary>
public sealed class JobDataFunctions(JobListApi list, JobEventsApi events, JobFilesApi files, InputViewApi views, DurableClients clients)
{
    /// <summary>The newest jobs, page by page.</summary>
    [Function(nameof(ListJobs))]
    public Task<IResult> ListJobs(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return list.ListAsync(request.Query["q"], request.Query["limit"], request.Query["continuation"], cancellationToken);
    }

    /// <summary>A job's progress as server-sent events, until it is closed.</summary>
    [Function(nameof(WatchJob))]
    public Task<IResult> WatchJob(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}/events")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return events.WatchAsync(id, cancellationToken);
    }

    /// <summary>A job's latest result.</summary>
    [Function(nameof(GetResult))]
    public Task<IResult> GetResult(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}/result")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => files.GetResultAsync(id, cancellationToken);

    /// <summary>A job's latest embeddings.</summary>
    [Function(nameof(GetEmbeddings))]
    public Task<IResult> GetEmbeddings(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}/embeddings")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => files.GetEmbeddingsAsync(request, id, cancellationToken);

    /// <summary>An upload as it was sent.</summary>
    [Function(nameof(GetInput))]
    public Task<IResult> GetInput(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}/inputs/{name}")] HttpRequest request,
        string id,
        string name,
        CancellationToken cancellationToken) => files.GetInputAsync(id, name, cancellationToken);

    /// <summary>An input as its encoder sees it.</summary>
    [Function(nameof(ViewInput))]
    public Task<IResult> ViewInput(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}/inputs/{name}/view")] HttpRequest request,
        string id,
        string name,
        CancellationToken cancellationToken) => views.GetAsync(id, name, cancellationToken);
}
