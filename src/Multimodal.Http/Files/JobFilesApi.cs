using Microsoft.AspNetCore.Http;
using Multimodal.Http.Problems;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Http.Files;

/// <summary>The routes to what is stored of a job: its result, its embeddings, its uploads.</summary>
public sealed class JobFilesApi
{
    /// <summary>The media type of embeddings as they are stored. Safetensors has none that is registered.</summary>
    public const string SafetensorsType = "application/vnd.safetensors";

    private const string Json = "application/json";
    private const string Bytes = "application/octet-stream";

    private readonly JobServices _jobs;
    private readonly JobFileStores _stores;
    private readonly ProblemResults _problems;

    internal JobFilesApi(JobServices jobs, JobFileStores stores, ProblemResults problems)
    {
        _jobs = jobs;
        _stores = stores;
        _problems = problems;
    }

    /// <summary><c>GET /api/jobs/{id}/result</c>: the latest <c>result.json</c>. 200, 304, 400, 404, 410.</summary>
    public Task<IResult> GetResultAsync(string id, CancellationToken cancellationToken) =>
        _problems.GuardAsync(
            async () =>
            {
                var job = await FindAsync(id, cancellationToken);
                return await _stores.Blobs.ReadJsonAsync(JobPaths.Result(job), PipelineJson.Default.JobResult, cancellationToken) is { } result
                    ? new JsonResult<JobResult>(result.Value, PipelineJson.Default.JobResult, StatusCodes.Status200OK) { Conditional = true }
                    : throw RequestException.NoResult(job);
            },
            cancellationToken);

    /// <summary>
    /// <c>GET /api/jobs/{id}/embeddings</c>: the latest embeddings, as safetensors or, where <c>Accept</c> prefers it, as JSON.
    /// 200, 304, 400, 404, 406, 410.
    /// </summary>
    public Task<IResult> GetEmbeddingsAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _problems.GuardAsync(
            async () =>
            {
                var job = await FindAsync(id, cancellationToken);
                var type = AcceptHeader.Choose(request, SafetensorsType, Bytes, Json) ?? throw RequestException.NotAcceptable($"{SafetensorsType} or {Json}");
                var file = await _stores.Blobs.ReadAsync(JobPaths.ResultEmbeddings(job), cancellationToken) ?? throw RequestException.NoResult(job);
                return type == Json
                    ? new JsonResult<EmbeddingsView>(ToView(file), HttpJson.Default.EmbeddingsView, StatusCodes.Status200OK)
                    {
                        Conditional = true,
                        Headers = new() { ["Vary"] = "Accept" },
                    }
                    : new BytesResult(file.Content, type, $"{job}.safetensors", file.ETag);
            },
            cancellationToken);
    }

    /// <summary><c>GET /api/jobs/{id}/inputs/{name}</c>: an upload as it was sent. 200, 304, 400, 404, 410.</summary>
    public Task<IResult> GetInputAsync(string id, string name, CancellationToken cancellationToken) =>
        _problems.GuardAsync(
            async () =>
            {
                var job = await FindAsync(id, cancellationToken);
                var upload = InputName.FindFault(name) is null ? await _stores.Inputs.ReadUploadAsync(job, name, cancellationToken) : null;
                return upload is null
                    ? throw RequestException.InputNotFound(job, name)
                    : new BytesResult(upload.Content, Bytes, name, upload.ETag);
            },
            cancellationToken);

    // The record tells a job that is not there from one that has nothing to show.
    private async Task<JobId> FindAsync(string id, CancellationToken cancellationToken)
    {
        var job = JobIds.Parse(id);
        await _jobs.Administration.ThrowIfErasedAsync(job, cancellationToken);
        await _jobs.Records.GetAsync(job, cancellationToken);
        return job;
    }

    private static EmbeddingsView ToView(StoredBlob file) => new(
        Safetensors.Read(file.Content).Tensors
            .ToDictionary(pair => pair.Key, pair => pair.Value.AsSpan<float>().ToArray()));
}
