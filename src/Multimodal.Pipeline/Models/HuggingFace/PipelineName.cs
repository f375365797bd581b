namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>The names that pipelines may have: those of folders on every system.</summary>
public static class PipelineName
{
    private const int Longest = 64;

    /// <summary>The name itself where it was given, else one made of a folder's name.</summary>
    /// <exception cref="PipelineException">It is not allowed, or nothing of it is left.</exception>
    public static string Of(string text, bool isGiven)
    {
        var kept = isGiven ? text : new string([.. text.Select(c => IsAllowed(c) ? c : '-')]).TrimStart('.', '_', '-');
        kept = isGiven || kept.Length <= Longest ? kept : kept[..Longest];
        return kept.Length is > 0 and <= Longest && kept.All(IsAllowed) && char.IsAsciiLetterOrDigit(kept[0]) && !kept.EndsWith('.')
            ? kept
            : throw new PipelineException(
                $"'{text}' is no name for a pipeline: it begins with a letter or digit and has at most {Longest} letters, digits, '.', '_' and '-'. Name one by --name.");
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
