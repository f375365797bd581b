using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Multimodal.Pipeline.Jobs;

/// <summary>
/// The name of a job: <c>[A-Za-z0-9][A-Za-z0-9._-]{0,63}</c>. It is a folder of the container
/// <c>uploads</c> and the instance id of the job's orchestration.
/// </summary>
[JsonConverter(typeof(JobIdJsonConverter))]
public readonly partial record struct JobId
{
    private readonly string? _value;

    private JobId(string value) => _value = value;

    /// <summary>The id as text.</summary>
    public string Value => _value ?? throw new InvalidOperationException("The job id was never set.");

    /// <summary>Reads a job id.</summary>
    /// <exception cref="FormatException">The text is not a valid job id.</exception>
    public static JobId Parse(string? text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException(
                $"'{text}' is not a job id: use 1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit.");

    /// <summary>Reads a job id; false where the text is not one.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out JobId id)
    {
        var valid = text is not null && Pattern().IsMatch(text);
        id = valid ? new JobId(text!) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    // \z, not $: '$' would let a trailing line feed through.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
