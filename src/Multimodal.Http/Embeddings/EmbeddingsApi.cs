using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Multimodal.Http.Files;
using Multimodal.Http.Problems;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Http.Embeddings;

/// <summary>The route that runs encoders directly: no job, and nothing is stored.</summary>
public sealed class EmbeddingsApi
{
    private const string Json = "application/json";
    private const string Bytes = "application/octet-stream";

    private readonly JobServices _jobs;
    private readonly EmbeddingsReader _reader;
    private readonly InputEmbedder _embedder;
    private readonly ProblemResults _problems;

    internal EmbeddingsApi(JobServices jobs, EmbeddingsReader reader, InputEmbedder embedder, ProblemResults problems)
    {
        _jobs = jobs;
        _reader = reader;
        _embedder = embedder;
        _problems = problems;
    }

    /// <summary>
    /// <c>POST /api/pipelines/{name}/embeddings</c>: files as <c>multipart/form-data</c>, or <c>{"texts":[…]}</c>; the query
    /// <c>priority=bulk</c> lets others go first. Answered with an embedding or an error for each input, in JSON or, where <c>Accept</c>
    /// prefers it, as safetensors with a tensor <c>inputs/{name}</c> for each embedding and the errors among the metadata.
    /// </summary>
    /// <remarks>
    /// 200 where there is an embedding. 400 for a request that is not well-formed, 404 for a pipeline that is not there, 406, 413, 415; 422
    /// where no input can be used, with what ails the first; 429 where an encoder has as many requests waiting as may; 503 for a pipeline that
    /// cannot be used.
    /// </remarks>
    public Task<IResult> EmbedAsync(HttpRequest request, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _problems.GuardAsync(
            async () =>
            {
                var type = AcceptHeader.Choose(request, Json, JobFilesApi.SafetensorsType, Bytes)
                    ?? throw RequestException.NotAcceptable($"{Json} or {JobFilesApi.SafetensorsType}");
                var priority = PriorityOf(request.Query["priority"]);
                var pipeline = Find(name);
                if (_embedder.FindBusy() is { } retryAfter)
                {
                    return ProblemResults.Busy(retryAfter);
                }

                await using var inputs = await _reader.ReadAsync(request, cancellationToken);
                var embedded = await _embedder.EmbedAsync(pipeline, inputs, priority, cancellationToken);
                return type == Json
                    ? new JsonResult<EmbeddedInputs>(embedded, HttpJson.Default.EmbeddedInputs, StatusCodes.Status200OK)
                    {
                        Headers = new() { ["Vary"] = "Accept" },
                    }
                    : ToFile(embedded, type);
            },
            cancellationToken);
    }

    private static RequestPriority PriorityOf(string? text) => text switch
    {
        null or "" or "interactive" => RequestPriority.Interactive,
        "bulk" => RequestPriority.Bulk,
        _ => throw RequestException.BadQuery("priority", text, "Use interactive or bulk."),
    };

    private static BytesResult ToFile(EmbeddedInputs embedded, string type)
    {
        var file = Safetensors.Write(
            embedded.Inputs.Where(input => input.Embedding is not null).Select(input => KeyValuePair.Create(
                $"inputs/{input.Name}", HostTensor.Create<float>(input.Embedding, input.Embedding!.Length))),
            embedded.Inputs.Where(input => input.Error is not null)
                .ToDictionary(input => $"error/{input.Name}", input => $"{input.Error!.Code}: {input.Error.Message}"));
        return new BytesResult(file, type, "embeddings.safetensors", Convert.ToHexStringLower(SHA256.HashData(file))[..32]);
    }

    private LoadedPipeline Find(string name) => _jobs.Pipelines.Repository.List().Contains(name, StringComparer.Ordinal)
        ? _jobs.Pipelines.Get(name)
        : throw RequestException.PipelineNotFound(name);
}
