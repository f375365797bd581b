using System.Globalization;
using System.Text.Json;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>Reads the members of a feature extractor's configuration, and refuses those that nobody asked for: they might change values.</summary>
internal sealed class ConfigMembers(JsonElement root, string path)
{
    // What tells other tools which class to use, or what to return beside the features.
    private readonly HashSet<string> _known = new(StringComparer.Ordinal)
    {
        "feature_extractor_type", "processor_class", "auto_map", "transformers_version", "return_attention_mask", "_processor_class",
    };

    public PipelineException Fault(string what) => new($"{path}: {what}.");

    /// <summary>Members whose value does not matter here.</summary>
    public ConfigMembers Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            _known.Add(name);
        }

        return this;
    }

    public int Integer(string name, int otherwise, int minimum, int maximum)
    {
        var value = Number(name, otherwise);
        return value == Math.Floor(value) && value >= minimum && value <= maximum
            ? (int)value
            : throw Fault(string.Create(CultureInfo.InvariantCulture, $"{name} must be a whole number of {minimum} to {maximum}, not {value}"));
    }

    public double Number(string name, double otherwise)
    {
        if (Find(name) is not { } member)
        {
            return otherwise;
        }

        return member.ValueKind == JsonValueKind.Number && member.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : throw Fault($"{name} must be a number, not {Shorten(member)}");
    }

    public bool Flag(string name, bool otherwise) => Find(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } member => throw Fault($"{name} must be true or false, not {Shorten(member)}"),
    };

    public string Text(string name, string otherwise, params ReadOnlySpan<string> values)
    {
        var value = Find(name) switch
        {
            null => otherwise,
            { ValueKind: JsonValueKind.String } member => member.GetString()!,
            { } member => throw Fault($"{name} must be a text, not {Shorten(member)}"),
        };
        return values.Contains(value) ? value : throw Fault($"{name} '{value}' is not known; known: {string.Join(", ", values)}");
    }

    /// <summary>A member that follows from the others where it is given at all.</summary>
    public void Agrees(string name, double value, string because)
    {
        var given = Number(name, value);
        if (given != value)
        {
            throw Fault(string.Create(CultureInfo.InvariantCulture, $"{name} must be {value} {because}, not {given}"));
        }
    }

    /// <summary>A member, or null where it is absent or null.</summary>
    public JsonElement? Find(string name)
    {
        _known.Add(name);
        return root.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    }

    /// <exception cref="PipelineException">There are members that nobody asked for.</exception>
    public void RefuseOthers()
    {
        var unknown = root.EnumerateObject().Select(member => member.Name).Where(name => !_known.Contains(name)).ToArray();
        if (unknown.Length > 0)
        {
            throw Fault($"{string.Join(", ", unknown)}: not known for this feature extractor, and perhaps meant to change what it gives");
        }
    }

    private static string Shorten(JsonElement member)
    {
        var text = member.GetRawText();
        return text.Length > 40 ? text[..40] + "…" : text;
    }
}
