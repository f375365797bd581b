using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Multimodal.Functions.Durable;
using Multimodal.Http.Batches;

namespace Multimodal.Functions.Http;

/// <summary>Batches over HTTP; the answers are those of <see cref="BatchesApi"/>, the same with every host.</summary>
public sealed class BatchHttpFunctions(BatchesApi api, DurableClients clients)
{
    /// <summary>Starts a batch: 202 with its address.</summary>
    [Function(nameof(SubmitBatch))]
    public Task<IResult> SubmitBatch(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "batches")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return api.SubmitAsync(request, cancellationToken);
    }

    /// <summary>The batches, page by page.</summary>
    [Function(nameof(ListBatches))]
    public Task<IResult> ListBatches(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "batches")] HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return api.ListAsync(request.Query["limit"], request.Query["continuation"], cancellationToken);
    }

    /// <summary>How a batch stands.</summary>
    [Function(nameof(GetBatch))]
    public Task<IResult> GetBatch(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "batches/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => api.GetAsync(id, cancellationToken);

    /// <summary>Stops a batch, or forgets one that is over.</summary>
    [Function(nameof(DeleteBatch))]
    public Task<IResult> DeleteBatch(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "batches/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return api.DeleteAsync(id, cancellationToken);
    }

    /// <summary>Lets a batch take nothing further in.</summary>
    [Function(nameof(PauseBatch))]
    public Task<IResult> PauseBatch(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "batches/{id}/pause")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return api.PauseAsync(id, cancellationToken);
    }

    /// <summary>Lets a paused batch go on.</summary>
    [Function(nameof(ResumeBatch))]
    public Task<IResult> ResumeBatch(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "batches/{id}/resume")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        clients.Use(client);
        return api.ResumeAsync(id, cancellationToken);
    }
}
