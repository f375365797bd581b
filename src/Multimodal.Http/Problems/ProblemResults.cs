using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Multimodal.Http.Health;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Search;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Http.Problems;

/// <summary>The one place that says which status and which problem an exception is.</summary>
internal sealed class ProblemResults(ITextMask mask, ILogger<ProblemResults> logger)
{
    /// <summary>The media type of problems.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>The answer to a request, or the problem that came up while it was made.</summary>
    public async Task<IResult> GuardAsync(Func<Task<IResult>> answerAsync, CancellationToken cancellationToken)
    {
        try
        {
            return await answerAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return Of(e);
        }
    }

    /// <summary>A host that is not ready.</summary>
    public static IResult NotReady(IReadOnlyList<HealthCheck> checks) => Create(
        StatusCodes.Status503ServiceUnavailable,
        ProblemCodes.NotReady,
        string.Join(" ", checks.Where(check => !check.Ok).Select(check => check.Detail)),
        checks: checks);

    private JsonResult<Problem> Of(Exception exception)
    {
        switch (exception)
        {
            case RequestException e:
                return Create(e.Status, e.Code, mask.Apply(e.Message), e.Remedy);
            case BadHttpRequestException e:
                return Of(RequestException.OfServer(e.StatusCode, e.Message, e));
            case SearchException e:
                return Create(e.IsMissing ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, e.Code, mask.Apply(e.Message), e.Remedy);
            case BatchException e:
                return Create(StatusOf(e.Fault), e.Code, e.Message, e.Remedy);
            case JobOptionsException e:
                return Create(StatusCodes.Status400BadRequest, ProblemCodes.BadOptions, mask.Apply(e.Message));
            case InputException e:
                return Create(StatusCodes.Status422UnprocessableEntity, e.Error.Code, mask.Apply(e.Error.Message), e.Error.Remedy);
            case JobNotFoundException e:
                return Create(StatusCodes.Status404NotFound, ProblemCodes.JobNotFound, e.Message);
            case JobErasedException e:
                return Create(StatusCodes.Status410Gone, ProblemCodes.JobErased, e.Message);
            case EncoderBusyException e:
                return Create(
                    StatusCodes.Status429TooManyRequests,
                    ProblemCodes.EncoderBusy,
                    e.Message,
                    "Send it again after the time that Retry-After says.",
                    new() { ["Retry-After"] = Math.Ceiling(e.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture) });
            case EncoderExhaustedException e:
                return Create(
                    StatusCodes.Status503ServiceUnavailable, ProblemCodes.OutOfMemory, e.Message, "Send fewer or smaller inputs, or try again later.");
            case PipelineException e:
                // Its message names paths of this machine: it is for the log.
                Log.PipelineUnusable(logger, LoggedException.Of(e));
                return Create(StatusCodes.Status503ServiceUnavailable, ProblemCodes.PipelineUnusable, "The pipeline cannot be used on this host; its log says why.");
            case BlobKeyException e:
                // It names files and vaults of this host: it is for the log, which says what to do.
                Log.KeyMissing(logger, LoggedException.Of(e));
                return Create(
                    StatusCodes.Status503ServiceUnavailable,
                    ProblemCodes.KeyMissing,
                    "What was asked for is encrypted with a key that this host does not have now; its log says which.",
                    "Send it again once the host has the key; nothing is lost.");
            case IndexDamagedException e:
                // It names blobs of this host: it is for the log, which says what to do.
                Log.IndexUnusable(logger, LoggedException.Of(e));
                return Create(StatusCodes.Status503ServiceUnavailable, ProblemCodes.IndexDamaged, "A part of an index cannot be read on this host; its log says which.");
            default:
                Log.RequestFailed(logger, LoggedException.Of(exception));
                return Create(StatusCodes.Status500InternalServerError, ProblemCodes.Internal, "Something went wrong on this host; its log says what.");
        }
    }

    private static int StatusOf(BatchFault fault) => fault switch
    {
        BatchFault.Missing => StatusCodes.Status404NotFound,
        BatchFault.Conflict => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status400BadRequest,
    };

    /// <summary>A submission under the id of an erased job: in conflict with what the id stands for, though the routes exist.</summary>
    public static IResult Conflict(JobErasedException exception) => Create(
        StatusCodes.Status409Conflict, ProblemCodes.JobErased, exception.Message, "Choose another job id, or none.");

    /// <summary>A host at which as many jobs wait as may.</summary>
    public static IResult Busy(TimeSpan retryAfter) => Create(
        StatusCodes.Status429TooManyRequests,
        ProblemCodes.QueueFull,
        "As many jobs wait on this host as may.",
        "Send it again after the time that Retry-After says.",
        new() { ["Retry-After"] = Math.Ceiling(retryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture) });

    /// <summary>A host at which as many clients watch jobs as may.</summary>
    public static IResult TooManyStreams(int limit) => Create(
        StatusCodes.Status429TooManyRequests,
        ProblemCodes.TooManyStreams,
        $"{limit} clients watch jobs on this host, which is as many as may.",
        "Ask for the job itself from time to time, or try again later.",
        new() { ["Retry-After"] = "5" });

    /// <summary>What an exception is, for an answer that has begun already.</summary>
    public Problem Describe(Exception exception) => Of(exception).Value;

    /// <summary>Any problem.</summary>
    public static JsonResult<Problem> Create(
        int status,
        string code,
        string detail,
        string? remedy = null,
        Dictionary<string, string>? headers = null,
        IReadOnlyList<HealthCheck>? checks = null) =>
        new(
            new Problem($"urn:multimodal:problem:{code}", ReasonPhrases.GetReasonPhrase(status), status, detail, code, remedy, checks),
            HttpJson.Default.Problem,
            status,
            ContentType) { Headers = headers ?? [] };
}
