using System.Text.RegularExpressions;

namespace Multimodal.Local.Hub;

/// <summary>A model of a hub.</summary>
/// <param name="Owner">Who keeps it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Revision">A branch, a tag or a commit.</param>
internal sealed partial record HubSource(string Owner, string Name, string Revision)
{
    public const string DefaultRevision = "main";

    private const string Prefix = "hf:";

    /// <summary>As it stands in addresses.</summary>
    public string Repository => $"{Owner}/{Name}";

    /// <summary>Reads <c>hf:owner/name[@revision]</c>.</summary>
    /// <exception cref="UsageException">It is no such name.</exception>
    public static HubSource Parse(string text)
    {
        var match = text.StartsWith(Prefix, StringComparison.Ordinal) ? Pattern().Match(text[Prefix.Length..]) : Match.Empty;
        return match.Success && !text.Contains("..", StringComparison.Ordinal)
            ? new HubSource(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Success ? match.Groups[3].Value : DefaultRevision)
            : throw new UsageException($"'{text}' names no model: write hf:owner/name, or hf:owner/name@revision for a branch, a tag or a commit.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}{Repository}@{Revision}";

    [GeneratedRegex("^([A-Za-z0-9][A-Za-z0-9._-]{0,95})/([A-Za-z0-9][A-Za-z0-9._-]{0,95})(?:@([A-Za-z0-9][A-Za-z0-9._/-]{0,199}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
