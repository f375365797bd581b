using System.ComponentModel;
using Microsoft.AspNetCore.Http;

namespace Multimodal.Http.Search;

/// <summary>
/// The fields of a search, for those who describe its routes: found among their metadata. The routes read query and body themselves, and
/// answer those that cannot be used themselves.
/// </summary>
public sealed record SearchForm
{
    /// <summary>A picture, text or recording; in a form only.</summary>
    [Description("A picture, text or recording to find jobs near to.")]
    public IFormFile? File { get; init; }

    /// <summary>A text.</summary>
    [Description("A text to find jobs near to.")]
    public string? Text { get; init; }

    /// <summary>A job.</summary>
    [Description("A job to find others near to.")]
    public string? Job { get; init; }

    /// <summary>The pipeline whose encoders read the query, and whose index is searched.</summary>
    [Description("The pipeline whose encoders read the query, and whose index is searched; the host's own where it is absent.")]
    public string? Pipeline { get; init; }

    /// <summary>The index.</summary>
    [Description("The index; the pipeline's first where it is absent.")]
    public string? Index { get; init; }

    /// <summary>How many jobs to find.</summary>
    [Description("How many jobs to find, 1 to 100; 10 where it is absent.")]
    public int? K { get; init; }

    /// <summary>Which embeddings of jobs count.</summary>
    [Description("Which embeddings of jobs count, divided by commas: fused, image, text, audio; all where it is absent.")]
    public string? In { get; init; }

    /// <summary>The first verdict of the jobs that count.</summary>
    [Description("The first verdict of the jobs that count.")]
    public string? Label { get; init; }

    /// <summary>The pipeline of the jobs that count.</summary>
    [Description("The pipeline of the jobs that count, where several share an index.")]
    public string? JobPipeline { get; init; }

    /// <summary>When the result of a job that counts stood at the earliest.</summary>
    [Description("When the result of a job that counts stood at the earliest.")]
    public DateTimeOffset? Since { get; init; }

    /// <summary>When the result of a job that counts stood at the latest.</summary>
    [Description("When the result of a job that counts stood at the latest.")]
    public DateTimeOffset? Until { get; init; }
}
