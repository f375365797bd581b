using System.Text.RegularExpressions;

namespace Multimodal.Privacy.Detection;

/// <summary>
/// Finds what a pattern of the user's finds. It takes time in proportion to the text where the pattern allows that (no backreferences, no
/// looking around); else it has a limit, and a text on which it is reached counts as found whole.
/// </summary>
internal sealed class PatternDetector : IDetector
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private readonly string _kind;
    private readonly Regex _pattern;

    /// <exception cref="ArgumentException">The pattern is malformed.</exception>
    public PatternDetector(string kind, string pattern)
    {
        _kind = kind;
        _pattern = Create(pattern);
    }

    /// <summary>Whether it finds something where nothing stands.</summary>
    public bool MatchesNothing => _pattern.IsMatch("");

    /// <inheritdoc/>
    public void Find(string text, ICollection<Finding> findings)
    {
        try
        {
            foreach (Match match in _pattern.Matches(text))
            {
                if (match.Length > 0)
                {
                    findings.Add(new Finding(match.Index, match.Index + match.Length, _kind, match.Value));
                }
            }
        }
        catch (RegexMatchTimeoutException)
        {
            findings.Add(new Finding(0, text.Length, _kind, text));
        }
    }

    private static Regex Create(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, Limit);
        }
    }
}
