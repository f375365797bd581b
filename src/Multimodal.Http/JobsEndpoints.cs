using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Http.Batches;
using Multimodal.Http.Embeddings;
using Multimodal.Http.Files;
using Multimodal.Http.Health;
using Multimodal.Http.Search;
using Multimodal.Http.Submission;
using Multimodal.Http.Views;

namespace Multimodal.Http;

/// <summary>The routes of ASP.NET Core hosts.</summary>
public static class JobsEndpoints
{
    /// <summary>Where jobs are submitted; a job lies below.</summary>
    public const string Jobs = "/api/jobs";

    /// <summary>Where a host is asked whether its process answers.</summary>
    public const string Live = "/api/health/live";

    internal const string Job = $"{Jobs}/{{id}}";

    /// <summary>Maps the routes, each with what an OpenAPI document says of it.</summary>
    /// <returns>All of them, to be given conventions such as authorization.</returns>
    public static RouteGroupBuilder MapJobsApi(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var api = endpoints.ServiceProvider.GetRequiredService<JobsApi>();
        var group = endpoints.MapGroup("");
        group.AddEndpointFilter(IgnoreAbortedAsync);
        var jobs = group.MapGroup("").WithTags("Jobs");
        MapJobs(jobs, api);
        jobs.MapJobData(endpoints.ServiceProvider);
        group.MapGroup("").WithTags("Batches").MapBatches(endpoints.ServiceProvider);
        group.MapGroup("").WithTags("Search").MapSearch(endpoints.ServiceProvider);
        group.MapGroup("").WithTags("Samples").MapSamples(endpoints.ServiceProvider);
        MapEmbeddings(group.MapGroup("").WithTags("Embeddings"), endpoints.ServiceProvider.GetRequiredService<EmbeddingsApi>());
        MapHost(group.MapGroup("").WithTags("Host"), api);
        return group;
    }

    private static void MapJobs(RouteGroupBuilder group, JobsApi api)
    {
        group.MapPost(Jobs, api.SubmitAsync)
            .Named("submitJob", "Submit a job: its files, and its options where it has any.")
            .WithMetadata(new SubmissionBody())
            .Answers<JobView>(StatusCodes.Status200OK, StatusCodes.Status202Accepted)
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status413PayloadTooLarge,
                StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);
        group.MapGet(Job, api.GetAsync)
            .Named("getJob", "How far a job is, its inputs, and its result where there is one.")
            .Answers<JobView>(StatusCodes.Status200OK)
            .Answers(StatusCodes.Status304NotModified)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status410Gone);
        group.MapDelete(Job, api.DeleteAsync)
            .Named("deleteJob", "Stop a job and erase all that is stored of it.")
            .Answers(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
        group.MapPost($"{Job}/rerun", api.RerunAsync)
            .Named("rerunJob", "Run the next revision of a job over all of its uploads.")
            .Answers<JobView>(StatusCodes.Status200OK, StatusCodes.Status202Accepted)
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status410Gone,
                StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);
    }

    private static void MapEmbeddings(RouteGroupBuilder group, EmbeddingsApi api) =>
        group.MapPost("/api/pipelines/{name}/embeddings", api.EmbedAsync)
            .Named("embed", "Run a pipeline's encoders on files or texts; no job is made, and nothing is stored.")
            .WithMetadata(new EmbeddingsForm(), new EmbeddingsTexts { Texts = [] })
            .Produces<EmbeddedInputs>(StatusCodes.Status200OK, "application/json", JobFilesApi.SafetensorsType)
            .Refuses(
                StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status406NotAcceptable,
                StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType, StatusCodes.Status422UnprocessableEntity,
                StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    private static void MapHost(RouteGroupBuilder group, JobsApi api)
    {
        group.MapGet("/api/pipelines", api.ListPipelines)
            .Named("listPipelines", "The pipelines of this host.")
            .Answers<PipelineList>(StatusCodes.Status200OK);
        group.MapGet(Live, api.Live)
            .Named("live", "Whether the process answers.")
            .Answers<LiveReport>(StatusCodes.Status200OK);
        group.MapGet("/api/health/ready", api.ReadyAsync)
            .Named("ready", "Whether jobs would be done, and what executes the networks.")
            .Answers<ReadyReport>(StatusCodes.Status200OK)
            .Refuses(StatusCodes.Status503ServiceUnavailable);
    }

    private static async ValueTask<object?> IgnoreAbortedAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (OperationCanceledException) when (context.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
            return Results.Empty;
        }
    }
}
