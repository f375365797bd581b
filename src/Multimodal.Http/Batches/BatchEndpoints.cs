using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Multimodal.Http.Batches;

/// <summary>Maps the routes of batches.</summary>
internal static class BatchEndpoints
{
    /// <summary>Where batches are submitted; a batch lies below.</summary>
    public const string Batches = "/api/batches";

    private const string Batch = $"{Batches}/{{id}}";

    public static void MapBatches(this RouteGroupBuilder group, IServiceProvider services)
    {
        var api = services.GetRequiredService<BatchesApi>();
        group.MapPost(Batches, api.SubmitAsync)
            .Named("submitBatch", "Make jobs of the blobs that lie in a container already.")
            .WithMetadata(new BatchRequest())
            .Answers<BatchView>(StatusCodes.Status202Accepted)
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status503ServiceUnavailable);
        group.MapGet(Batches, api.ListAsync)
            .Named("listBatches", "The batches, in the order of their ids, page by page; without what they refused.")
            .Answers<BatchList>(StatusCodes.Status200OK)
            .Answers(StatusCodes.Status304NotModified)
            .Refuses(StatusCodes.Status400BadRequest);
        group.MapGet(Batch, api.GetAsync)
            .Named("getBatch", "How far a batch is, what became of its jobs, and what could not be taken in.")
            .Answers<BatchView>(StatusCodes.Status200OK)
            .Answers(StatusCodes.Status304NotModified)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        group.MapDelete(Batch, api.DeleteAsync)
            .Named("deleteBatch", "Stop a batch; its jobs stay. One that is over is forgotten.")
            .Answers(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        MapChange(group, "pause", api.PauseAsync, "pauseBatch", "Let a batch take nothing further in; its jobs go on.");
        MapChange(group, "resume", api.ResumeAsync, "resumeBatch", "Let a paused batch go on where it was.");
    }

    private static void MapChange(
        RouteGroupBuilder group, string change, Func<string, CancellationToken, Task<IResult>> changeAsync, string name, string summary) =>
        group.MapPost($"{Batch}/{change}", changeAsync)
            .Named(name, summary)
            .Answers<BatchView>(StatusCodes.Status200OK)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);
}
