using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Multimodal.Functions.Durable;
using Multimodal.Http;

namespace Multimodal.Functions.Http;

/// <summary>Jobs over HTTP; the answers are those of <see cref="JobsApi"/>, the same with every host.</summary>
public sealed class JobHttpFunctions(JobsApi api, DurableClients clients)
{
    /// <summary>Takes a job: 202 with its address, or 200 with the result where waiting was asked for and sufficed.</summary>
    [Function(nameof(SubmitJob))]
    public Task<IResult> SubmitJob(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return api.SubmitAsync(request, cancellationToken);
    }

    /// <summary>How far a job is, or its result.</summary>
    [Function(nameof(GetJob))]
    public Task<IResult> GetJob(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "jobs/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return api.GetAsync(id, cancellationToken);
    }

    /// <summary>Runs the next revision of a job over all of its inputs.</summary>
    [Function(nameof(RerunJob))]
    public Task<IResult> RerunJob(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "jobs/{id}/rerun")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return api.RerunAsync(request, id, cancellationToken);
    }

    /// <summary>Ends a job and erases it.</summary>
    [Function(nameof(DeleteJob))]
    public Task<IResult> DeleteJob(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "jobs/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return api.DeleteAsync(id, cancellationToken);
    }

    /// <summary>The pipelines of the model repository.</summary>
    [Function(nameof(ListPipelines))]
    public IResult ListPipelines([HttpTrigger(AuthorizationLevel.Function, "get", Route = "pipelines")] HttpRequest request) =>
        api.ListPipelines();
}
