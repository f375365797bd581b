using System.Text.Json;
using System.Text.RegularExpressions;

namespace Multimodal.Infra.Tests.Settings;

/// <summary>What the templates pass to the app, told from their text.</summary>
internal static partial class TemplateSettings
{
    private static readonly string Text = InfraPaths.Read("infra", "modules", "settings.bicep");

    /// <summary>What a deployment may choose.</summary>
    public static SortedSet<string> Choosable { get; } = new(
        Property().Matches(TypeBody().Match(Text).Groups["body"].Value).Select(match => match.Groups["name"].Value), StringComparer.Ordinal);

    /// <summary>What every app gets, and the apps one by one.</summary>
    public static SortedSet<string> Fixed { get; } = new(
        ((string[])["modules/settings.bicep", "jobs.bicep", "encoders.bicep"])
            .SelectMany(file => Variable().Matches(InfraPaths.Read("infra", file))).Select(match => match.Groups["name"].Value),
        StringComparer.Ordinal);

    /// <summary>What <c>infra/settings.json</c> chooses: each group of it by its path, such as <c>encoders.gpu</c>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Chosen { get; } = ReadChosen();

    private static Dictionary<string, IReadOnlyDictionary<string, string>> ReadChosen()
    {
        using var document = JsonDocument.Parse(InfraPaths.Read("infra", "settings.json"));
        var groups = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        Collect(document.RootElement, "");
        return groups;

        void Collect(JsonElement element, string path)
        {
            foreach (var member in element.EnumerateObject())
            {
                var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                if (member.Value.EnumerateObject().Any(value => value.Value.ValueKind == JsonValueKind.Object))
                {
                    Collect(member.Value, name);
                }
                else
                {
                    groups[name] = member.Value.EnumerateObject().ToDictionary(value => value.Name, value => value.Value.GetString()!, StringComparer.Ordinal);
                }
            }
        }
    }

    [GeneratedRegex(@"type appSettings = \{(?<body>[^}]*)\}")]
    private static partial Regex TypeBody();

    [GeneratedRegex(@"^\s+(?<name>\w+): string\?$", RegexOptions.Multiline)]
    private static partial Regex Property();

    [GeneratedRegex(@"\{\s*name: '(?<name>[A-Z]\w+)',?\s*value:")]
    private static partial Regex Variable();
}
