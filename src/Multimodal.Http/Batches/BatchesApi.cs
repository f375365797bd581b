using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Multimodal.Http.Problems;
using Multimodal.Http.Submission;
using Multimodal.Orchestration.Batches;

namespace Multimodal.Http.Batches;

/// <summary>The routes of batches: blobs that lie in a container already, made to jobs.</summary>
public sealed class BatchesApi
{
    /// <summary>The largest body, in bytes.</summary>
    private const int LargestBody = 64 * 1024;

    private const int DefaultPage = 20;
    private const int LargestPage = 100;

    private readonly BatchAdministration _batches;
    private readonly BatchRecords _records;
    private readonly HttpLimits _limits;
    private readonly ProblemResults _problems;
    private readonly TimeProvider _time;

    internal BatchesApi(BatchAdministration batches, BatchRecords records, HttpLimits limits, ProblemResults problems, TimeProvider time) =>
        (_batches, _records, _limits, _problems, _time) = (batches, records, limits, problems, time);

    /// <summary>
    /// <c>POST /api/batches</c>: starts a batch. 202, with <c>Location</c>; the same again is the same batch. 400, 409 where the id is another
    /// batch's, 413, 415.
    /// </summary>
    public Task<IResult> SubmitAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _problems.GuardAsync(
            async () =>
            {
                var batch = await ReadAsync(request, cancellationToken);

                // Sorted by time, as the list of batches is.
                var now = _time.GetUtcNow();
                var id = batch.Id ?? string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}-{Guid.NewGuid().ToString("n")[..6]}");
                var record = await _batches.SubmitAsync(id, batch.ToSpecification(), cancellationToken);
                return new JsonResult<BatchView>(BatchView.Of(record, now), HttpJson.Default.BatchView, StatusCodes.Status202Accepted)
                {
                    Headers = new() { ["Location"] = $"{BatchEndpoints.Batches}/{id}" },
                };
            },
            cancellationToken);
    }

    /// <summary><c>GET /api/batches/{id}</c>: how a batch stands. 200, 304, 404.</summary>
    public Task<IResult> GetAsync(string id, CancellationToken cancellationToken) =>
        _problems.GuardAsync(async () => Answer(await _batches.GetAsync(id, cancellationToken)), cancellationToken);

    /// <summary><c>GET /api/batches</c>: the batches, in the order of their ids, page by page. 200, 304, 400.</summary>
    /// <param name="limit">Batches on the page, 1 to 100; 20 where it is null.</param>
    /// <param name="continuation">That of the page before; null for the first.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task<IResult> ListAsync(string? limit, string? continuation, CancellationToken cancellationToken) =>
        _problems.GuardAsync(
            async () =>
            {
                var (batches, next) = await _records.ListAsync(ReadToken(continuation), ReadLimit(limit), cancellationToken);
                return new JsonResult<BatchList>(
                    new BatchList(
                        [.. batches.Select(batch => BatchView.Of(batch, _time.GetUtcNow()) with { Refusals = [] })],
                        next is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(next))),
                    HttpJson.Default.BatchList,
                    StatusCodes.Status200OK) { Conditional = true };
            },
            cancellationToken);

    /// <summary><c>POST /api/batches/{id}/pause</c>: takes nothing further in; jobs go on. 200, 404, 409 where it is over.</summary>
    public Task<IResult> PauseAsync(string id, CancellationToken cancellationToken) =>
        _problems.GuardAsync(async () => Answer(await _batches.PauseAsync(id, cancellationToken)), cancellationToken);

    /// <summary><c>POST /api/batches/{id}/resume</c>: goes on where it was. 200, 404, 409 where it is over.</summary>
    public Task<IResult> ResumeAsync(string id, CancellationToken cancellationToken) =>
        _problems.GuardAsync(async () => Answer(await _batches.ResumeAsync(id, cancellationToken)), cancellationToken);

    /// <summary><c>DELETE /api/batches/{id}</c>: stops a batch, its jobs stay; one that is over is forgotten. 204, 404.</summary>
    public Task<IResult> DeleteAsync(string id, CancellationToken cancellationToken) =>
        _problems.GuardAsync(
            async () =>
            {
                await _batches.StopAsync(id, cancellationToken);
                return new StatusResult(StatusCodes.Status204NoContent);
            },
            cancellationToken);

    private JsonResult<BatchView> Answer(BatchRecord batch) =>
        new(BatchView.Of(batch, _time.GetUtcNow()), HttpJson.Default.BatchView, StatusCodes.Status200OK) { Conditional = true };

    private async Task<BatchRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            throw RequestException.UnsupportedMediaType(request.ContentType, BatchRequest.MediaType);
        }

        try
        {
            await using var spooled = await SpooledFile.ReadAsync(
                "", request.Body, _limits.MemoryThreshold, (LargestBody, () => RequestException.BodyTooLarge(LargestBody)), cancellationToken);
            return JsonSerializer.Deserialize((await spooled.ReadAllAsync(cancellationToken)).Span, HttpJson.Default.BatchRequest)
                ?? throw RequestException.BadBatch("it is null.");
        }
        catch (JsonException e)
        {
            throw RequestException.BadBatch(e.Message, e);
        }
    }

    private static int ReadLimit(string? text) =>
        string.IsNullOrEmpty(text) ? DefaultPage
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LargestPage ? limit
        : throw RequestException.BadQuery("limit", text, $"Use a number from 1 to {LargestPage}.");

    private static string? ReadToken(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        try
        {
            return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        }
        catch (FormatException)
        {
            throw RequestException.BadQuery("continuation", text, "Send back the continuation of the page before.");
        }
    }
}
