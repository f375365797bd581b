using System.Text.Json;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Listing;

/// <summary>
/// Words that a job must all hold, whatever the case, in its id, pipeline, state, outcome, verdict or the names of its inputs;
/// <c>verdict:7</c>, <c>state:open</c>, <c>outcome:failed</c>, <c>pipeline:digits</c> and <c>input:photo</c> look at one of them alone.
/// </summary>
internal sealed class JobSearch(string? text)
{
    private readonly (string Field, string Value)[] _terms =
        [.. (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    public bool Matches(JobListEntry job) => Array.TrueForAll(_terms, term => Matches(job, term.Field, term.Value));

    private static (string Field, string Value) Parse(string term) =>
        term.Split(':', 2) is [var field, var value] && field.ToLowerInvariant() is "verdict" or "state" or "outcome" or "pipeline" or "input"
            ? (field.ToLowerInvariant(), value)
            : ("", term);

    private static bool Matches(JobListEntry job, string field, string value) => field switch
    {
        // A label is a word of its own: 1 is not 10.
        "verdict" => job.Verdicts.Any(verdict => verdict.Label.Equals(value, StringComparison.OrdinalIgnoreCase)),
        "state" => Contains(NameOf<JobState>(job.State), value),
        "outcome" => Contains(NameOf(job.Outcome), value),
        "pipeline" => Contains(job.Pipeline, value),
        "input" => job.Inputs.Any(name => Contains(name, value)),
        _ => Contains(job.JobId.Value, value)
            || Contains(job.Pipeline, value)
            || Contains(NameOf<JobState>(job.State), value)
            || Contains(NameOf(job.Outcome), value)
            || job.Inputs.Any(name => Contains(name, value))
            || job.Verdicts.Any(verdict => Contains(verdict.Label, value)),
    };

    private static bool Contains(string? text, string value) => text?.Contains(value, StringComparison.OrdinalIgnoreCase) == true;

    // The names that answers have.
    private static string? NameOf<T>(T? value)
        where T : struct, Enum => value is null ? null : JsonNamingPolicy.CamelCase.ConvertName(value.Value.ToString());
}
