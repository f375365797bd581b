using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Http.Events;
using Multimodal.Http.Files;
using Multimodal.Http.Listing;
using Multimodal.Http.Samples;
using Multimodal.Http.Views;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http;

/// <summary>The routes to what jobs hold, and to the samples.</summary>
internal static class JobDataEndpoints
{
    private static readonly int[] Missing =
        [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status410Gone];

    public static void MapJobData(this RouteGroupBuilder group, IServiceProvider services)
    {
        var files = services.GetRequiredService<JobFilesApi>();
        group.MapGet(JobsEndpoints.Jobs, services.GetRequiredService<JobListApi>().ListAsync)
            .Named("listJobs", "The newest jobs, page by page; q searches ids, pipelines, states, verdicts and names of inputs.")
            .Answers<JobList>(StatusCodes.Status200OK)
            .Answers(StatusCodes.Status304NotModified)
            .Refuses(StatusCodes.Status400BadRequest);
        group.MapGet($"{JobsEndpoints.Job}/events", services.GetRequiredService<JobEventsApi>().WatchAsync)
            .Named("watchJob", "The job at first and after each change, as server-sent events, until it is closed.")
            .Produces<JobView>(StatusCodes.Status200OK, JobEventStream.ContentType)
            .Refuses([.. Missing, StatusCodes.Status429TooManyRequests]);
        group.MapGet($"{JobsEndpoints.Job}/result", files.GetResultAsync)
            .Named("getResult", "The job's latest result.json.")
            .Answers<JobResult>(StatusCodes.Status200OK)
            .Answers(StatusCodes.Status304NotModified)
            .Refuses(Missing);
        group.MapGet($"{JobsEndpoints.Job}/embeddings", files.GetEmbeddingsAsync)
            .Named("getEmbeddings", "The job's latest embeddings, as safetensors or as JSON.")
            .Produces<EmbeddingsView>(StatusCodes.Status200OK, JobFilesApi.SafetensorsType, "application/json")
            .Answers(StatusCodes.Status304NotModified)
            .Refuses([.. Missing, StatusCodes.Status406NotAcceptable]);
        group.MapGet($"{JobsEndpoints.Job}/inputs/{{name}}", files.GetInputAsync)
            .Named("getInput", "An upload as it was sent.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .Answers(StatusCodes.Status304NotModified)
            .Refuses(Missing);
        group.MapGet($"{JobsEndpoints.Job}/inputs/{{name}}/view", services.GetRequiredService<InputViewApi>().GetAsync)
            .Named("viewInput", "An input as its encoder sees it: pixels, spectrogram and waveform, or tokens.")
            .Answers<InputView>(StatusCodes.Status200OK)
            .Answers(StatusCodes.Status304NotModified)
            .Refuses([.. Missing, StatusCodes.Status503ServiceUnavailable]);
    }

    public static void MapSamples(this RouteGroupBuilder group, IServiceProvider services)
    {
        var samples = services.GetRequiredService<SamplesApi>();
        group.MapGet("/api/samples", samples.List)
            .Named("listSamples", "The sample jobs that ship with the pipelines.")
            .Answers<SampleList>(StatusCodes.Status200OK);
        group.MapPost("/api/samples/{pipeline}/{name}", samples.SubmitAsync)
            .Named("submitSample", "Start a new job of a sample's files.")
            .Answers<JobView>(StatusCodes.Status200OK, StatusCodes.Status202Accepted)
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);
    }
}
