using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Submission;

/// <summary>
/// The form of a submission, for those who describe its route: found among the route's metadata. The route reads its body itself, as
/// it streams in, and answers a body of another kind itself.
/// </summary>
public sealed record SubmissionBody
{
    /// <summary>The media type.</summary>
    public const string MediaType = "multipart/form-data";

    /// <summary>The inputs, a part with a file name for each.</summary>
    [Description("The inputs, a part with a file name for each.")]
    public IFormFileCollection? File { get; init; }

    /// <summary>The job's id.</summary>
    [Description("The job's id; one is made where it is absent.")]
    public string? JobId { get; init; }

    /// <summary>The job's options.</summary>
    [Description("The job's options, as in job.json.")]
    public JobOptions? Job { get; init; }
}
