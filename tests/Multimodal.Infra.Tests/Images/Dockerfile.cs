using System.Text.RegularExpressions;

namespace Multimodal.Infra.Tests.Images;

/// <summary>A Dockerfile as far as tests ask: its arguments, and its stages with what they do.</summary>
internal sealed partial class Dockerfile
{
    private readonly List<DockerStage> _stages = [];
    private readonly Dictionary<string, string> _arguments = new(StringComparer.Ordinal);

    /// <summary>The stages, in their order.</summary>
    public IReadOnlyList<DockerStage> Stages => _stages;

    /// <summary>The arguments with their defaults.</summary>
    public IReadOnlyDictionary<string, string> Arguments => _arguments;

    public static Dockerfile Read()
    {
        var file = new Dockerfile();
        foreach (var line in Continuation().Replace(Comment().Replace(File.ReadAllText(InfraPaths.Dockerfile), ""), " ").Split('\n'))
        {
            file.Take(Spaces().Replace(line, " ").Trim());
        }

        return file;
    }

    /// <summary>A stage, or null where there is none of the name.</summary>
    public DockerStage? Find(string name) => _stages.SingleOrDefault(stage => stage.Name == name);

    /// <summary>A stage's instruction of a kind that counts, its own or of what it is made from.</summary>
    public string? Last(string stage, string instruction)
    {
        for (var at = Find(stage); at is not null; at = Find(at.From))
        {
            if (at.Instructions.LastOrDefault(entry => entry.StartsWith($"{instruction} ", StringComparison.Ordinal)) is { } found)
            {
                return found[(instruction.Length + 1)..];
            }
        }

        return null;
    }

    /// <summary>Puts the defaults of arguments into a text.</summary>
    public string Expand(string text) => Reference().Replace(text, match => _arguments[match.Groups["name"].Value]);

    private void Take(string line)
    {
        if (line.Length == 0)
        {
            return;
        }

        if (Argument().Match(line) is { Success: true } argument)
        {
            _arguments[argument.Groups["name"].Value] = argument.Groups["value"].Value;
        }
        else if (From().Match(line) is { Success: true } from)
        {
            _stages.Add(new DockerStage(from.Groups["name"].Value, from.Groups["image"].Value));
        }
        else
        {
            _stages[^1].Instructions.Add(line);
        }
    }

    [GeneratedRegex(@"^\s*#.*\n", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\\n")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^ARG (?<name>\w+)=(?<value>\S+)$")]
    private static partial Regex Argument();

    [GeneratedRegex(@"^FROM (?<image>\S+) AS (?<name>\S+)$")]
    private static partial Regex From();

    [GeneratedRegex(@"\$\{(?<name>\w+)\}")]
    private static partial Regex Reference();
}
