namespace Multimodal.Http.Search;

/// <summary>A search as it is sent: one of text and job, unless a file comes with it; see <see cref="SearchForm"/>.</summary>
internal sealed record SearchRequest
{
    public string? Text { get; init; }
    public string? Job { get; init; }
    public string? Pipeline { get; init; }
    public string? Index { get; init; }
    public int? K { get; init; }
    public IReadOnlyList<string>? In { get; init; }
    public string? Label { get; init; }
    public string? JobPipeline { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }
}
