using Microsoft.AspNetCore.Http;
using Multimodal.Orchestration.Search;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Problems;

/// <summary>A request that cannot be answered as it stands.</summary>
internal sealed class RequestException : Exception
{
    private RequestException(int status, string code, string message, string? remedy = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Status = status;
        Code = code;
        Remedy = remedy;
    }

    public int Status { get; }

    public string Code { get; }

    public string? Remedy { get; }

    public static RequestException BadJobId(string? text) => new(
        StatusCodes.Status400BadRequest,
        ProblemCodes.BadJobId,
        $"'{(text?.Length > 80 ? text[..80] + "…" : text)}' is not a job id.",
        "Use 1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit.");

    // The reader's own words quote headers.
    public static RequestException BadMultipart(Exception reason) => BadMultipart("it cannot be read part by part to its end.", reason);

    public static RequestException BadMultipart(string reason, Exception? innerException = null) => new(
        StatusCodes.Status400BadRequest,
        ProblemCodes.BadMultipart,
        $"The body is not well-formed multipart/form-data: {reason}",
        "Send each file as a part with a file name, as `curl -F file=@name` does.",
        innerException);

    public static RequestException UnsupportedMediaType(string? contentType, string taken = "multipart/form-data") => new(
        StatusCodes.Status415UnsupportedMediaType,
        ProblemCodes.UnsupportedMediaType,
        contentType is null ? "The request has no Content-Type." : $"The Content-Type '{contentType}' is not taken here.",
        $"Send {taken}.");

    public static RequestException BodyTooLarge(long limit) => new(
        StatusCodes.Status413PayloadTooLarge,
        ProblemCodes.TooLarge,
        $"The body is larger than {limit:N0} bytes.",
        "Send fewer or smaller files, or upload them to the container 'uploads'.");

    public static RequestException PartTooLarge(string part, long limit) => new(
        StatusCodes.Status413PayloadTooLarge, ProblemCodes.TooLarge, $"'{part}' is larger than {limit:N0} bytes.", "Send a smaller file.");

    public static RequestException TooManyParts(int limit) => new(
        StatusCodes.Status400BadRequest,
        ProblemCodes.TooManyParts,
        $"The body has more than {limit} parts.",
        "Split the job, or upload its files to the container 'uploads'.");

    public static RequestException DuplicateFile(string name) => new(
        StatusCodes.Status400BadRequest,
        ProblemCodes.DuplicateFile,
        $"'{name}' is sent twice.",
        "Give every file of a job a name of its own, and every field one value.");

    public static RequestException UnknownField(string name) => new(
        StatusCodes.Status400BadRequest,
        ProblemCodes.BadMultipart,
        $"The field '{name}' is not known; known: jobId, job.",
        "Send a file as a part with a file name.");

    public static RequestException NotAJob() => new(
        StatusCodes.Status400BadRequest,
        ProblemCodes.BadMultipart,
        "The fields 'job' and 'jobId' mean nothing here: no job is made.",
        "Send files alone; a job is sent to /api/jobs.");

    public static RequestException BadTexts(string reason, Exception? innerException = null) => new(
        StatusCodes.Status400BadRequest,
        ProblemCodes.BadRequest,
        $"The body is not of the form {{\"texts\":[…]}}: {reason}",
        "Send an object whose member texts is a list of strings.",
        innerException);

    public static RequestException PipelineNotFound(string name) => new(
        StatusCodes.Status404NotFound,
        ProblemCodes.PipelineNotFound,
        $"There is no pipeline '{(name.Length > 80 ? name[..80] + "…" : name)}'.",
        "GET /api/pipelines lists them.");

    public static RequestException NoInputs() => new(
        StatusCodes.Status400BadRequest,
        ProblemCodes.NoInputs,
        "The request has no files, and its options name no inputs to wait for.",
        "Send at least one file.");

    public static RequestException BadQuery(string parameter, string? value, string remedy) => new(
        StatusCodes.Status400BadRequest,
        ProblemCodes.BadRequest,
        $"'{(value?.Length > 80 ? value[..80] + "…" : value)}' cannot be used as '{parameter}'.",
        remedy);

    public static RequestException BadSearchCount(string value) => BadQuery("k", value, $"Use a number from 1 to {SearchQuery.MostJobs}.");

    public static RequestException BadJson(string reason, Exception? innerException = null) => new(
        StatusCodes.Status400BadRequest, ProblemCodes.BadRequest, $"The body is not JSON of a search: {reason}", innerException: innerException);

    public static RequestException BadBatch(string reason, Exception? innerException = null) => new(
        StatusCodes.Status400BadRequest,
        ProblemCodes.BadRequest,
        $"The body is not JSON of a batch: {reason}",
        "Send an object such as {\"container\":\"bulk\",\"prefix\":\"2026/\",\"groupBy\":\"folder\"}.",
        innerException);

    public static RequestException ManyFiles() => new(
        StatusCodes.Status400BadRequest, ProblemCodes.BadRequest, "A search is for one file; the body has more.", "Send one file.");

    public static RequestException NoResult(JobId job) => new(
        StatusCodes.Status404NotFound,
        ProblemCodes.NoResult,
        $"The job '{job}' has no such result, or not yet.",
        "Ask for the job itself: it says how far it is, or why there is none.");

    public static RequestException InputNotFound(JobId job, string name) => new(
        StatusCodes.Status404NotFound, ProblemCodes.InputNotFound, $"The job '{job}' has no stored input '{name}'.", "Ask for the job itself: it lists its inputs.");

    public static RequestException NoFeatures(string name, string? reason) => new(
        StatusCodes.Status404NotFound,
        ProblemCodes.NoFeatures,
        reason is null ? $"'{name}' has not been preprocessed." : $"There is nothing that an encoder would see of '{name}': {reason}");

    public static RequestException FeaturesExpired(string name) => new(
        StatusCodes.Status410Gone,
        ProblemCodes.FeaturesExpired,
        $"What the encoder saw of '{name}' is no longer stored, or was made for another version of the pipeline.",
        "Run the job again: it is then made anew.");

    public static RequestException SampleNotFound(string pipeline, string name) => new(
        StatusCodes.Status404NotFound, ProblemCodes.SampleNotFound, $"The pipeline '{pipeline}' has no sample '{name}'.", "GET /api/samples lists them.");

    public static RequestException NotAcceptable(string offered) => new(
        StatusCodes.Status406NotAcceptable, ProblemCodes.NotAcceptable, "This is not to be had in any form that Accept names.", $"Accept {offered}.");

    public static RequestException OfServer(int status, string message, Exception innerException) => new(
        status,
        status == StatusCodes.Status413PayloadTooLarge ? ProblemCodes.TooLarge : ProblemCodes.BadRequest,
        message,
        innerException: innerException);
}
