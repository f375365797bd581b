using System.Globalization;
using Multimodal.Http.Problems;

namespace Multimodal.Http.Search;

/// <summary>Reads a search from fields of a query or a form.</summary>
internal static class SearchFields
{
    /// <exception cref="RequestException">A field is not known, or its value cannot be used.</exception>
    public static SearchRequest Read(IEnumerable<KeyValuePair<string, string?>> fields)
    {
        var request = new SearchRequest();
        foreach (var (name, value) in fields.Where(field => !string.IsNullOrEmpty(field.Value)))
        {
            request = name switch
            {
                "text" => request with { Text = value },
                "job" => request with { Job = value },
                "pipeline" => request with { Pipeline = value },
                "index" => request with { Index = value },
                "k" => request with { K = ReadNumber(value!) },
                "in" => request with { In = value!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) },
                "label" => request with { Label = value },
                "jobPipeline" => request with { JobPipeline = value },
                "since" => request with { Since = ReadTime(name, value!) },
                "until" => request with { Until = ReadTime(name, value!) },
                _ => throw RequestException.BadQuery(name, value, "Known: text, job, pipeline, index, k, in, label, jobPipeline, since, until."),
            };
        }

        return request;
    }

    private static int ReadNumber(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw RequestException.BadSearchCount(value);

    private static DateTimeOffset ReadTime(string name, string value) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw RequestException.BadQuery(name, value, "Use a time such as 2026-01-31T12:00:00Z.");
}
