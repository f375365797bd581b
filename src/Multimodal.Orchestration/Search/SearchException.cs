namespace Multimodal.Orchestration.Search;

/// <summary>A search that cannot be carried out as it stands.</summary>
public sealed class SearchException : Exception
{
    private SearchException(string code, string message, string remedy, bool isMissing = true)
        : base(message)
    {
        IsMissing = isMissing;
        Code = code;
        Remedy = remedy;
    }

    /// <summary>The stable code of the kind.</summary>
    public string Code { get; }

    /// <summary>What the sender can do.</summary>
    public string Remedy { get; }

    /// <summary>Whether something is asked for that there is not, rather than something that cannot be.</summary>
    public bool IsMissing { get; }

    internal static SearchException NoPipeline(string pipeline, IEnumerable<string> known) => new(
        "pipeline-not-found", $"There is no pipeline '{pipeline}' on this host.", $"Use one of: {string.Join(", ", known)}.");

    internal static SearchException NoIndex(string pipeline, string? index) => new(
        "index-not-found",
        index is null ? $"The pipeline '{pipeline}' keeps no jobs to search." : $"The pipeline '{pipeline}' has no index '{index}'.",
        "Use a pipeline whose pipeline.json has a task of the kind 'retrieval'.");

    internal static SearchException NotIndexed(string job, string? index) => new(
        "job-not-indexed",
        index is null ? $"The job '{job}' is in no index." : $"The job '{job}' is not in the index '{index}'.",
        "Run it again with a pipeline that has a task of the kind 'retrieval'.");

    internal static SearchException NotComparable(string asked, string vector) => new(
        "not-comparable",
        $"What is asked for ({asked}) and '{vector}' do not lie in one space.",
        "Leave 'in' out, or name embeddings of the same space.",
        isMissing: false);

    internal static SearchException OneOfThree() => new(
        "bad-search", "A search is for a text, a file or a job: one of them.", "Name just one.", isMissing: false);
}
