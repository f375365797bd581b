using System.Text.Json;

namespace Multimodal.Infra.Tests.Templates;

/// <summary>Reads members of members.</summary>
internal static class JsonElementPaths
{
    /// <summary>The member at a path such as <c>properties.template.scale</c>.</summary>
    public static JsonElement At(this JsonElement element, string path) =>
        path.Split('.').Aggregate(element, (member, name) => member.ValueKind == JsonValueKind.Object && member.TryGetProperty(name, out var value)
            ? value
            : throw new KeyNotFoundException($"There is no '{name}' of '{path}' in {member}."));

    /// <summary>Whether there is such a member.</summary>
    public static bool Has(this JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return false;
            }
        }

        return true;
    }

    public static string TextAt(this JsonElement element, string path) => element.At(path).GetString()!;

    public static IReadOnlyList<string> TextsAt(this JsonElement element, string path) => [.. element.At(path).EnumerateArray().Select(item => item.GetString()!)];
}
