using System.Text.Json;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>A value of a tokenizer's JSON file that knows its place, so that every fault is told by name.</summary>
internal readonly struct ConfigNode(JsonElement element, string place)
{
    public JsonElement Element => element;

    /// <summary>The file and the members that lead here.</summary>
    public string Place => place;

    public bool IsNull => element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined;

    /// <summary>The member <c>type</c>.</summary>
    public string Type => Text("type");

    /// <summary>The member, or null where it is absent or null.</summary>
    public ConfigNode? Find(string member)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Fault("must be an object");
        }

        return element.TryGetProperty(member, out var found) && found.ValueKind != JsonValueKind.Null
            ? new ConfigNode(found, $"{place}: {member}")
            : null;
    }

    public ConfigNode Get(string member) => Find(member) ?? throw Fault($"lacks \"{member}\"");

    public string Text(string member) => Get(member).AsText();

    public string? FindText(string member) => Find(member)?.AsText();

    public bool Flag(string member, bool otherwise) => Find(member) is { } node ? node.AsFlag() : otherwise;

    public bool? FindFlag(string member) => Find(member)?.AsFlag();

    public string AsText() => element.ValueKind == JsonValueKind.String ? ReadText(element) : throw Fault("must be a string");

    public bool AsFlag() => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault("must be true or false"),
    };

    /// <summary>A whole number, 0 or more.</summary>
    public int AsCount() => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var value) && value >= 0
        ? value
        : throw Fault("must be a whole number from 0 to 2147483647");

    public double AsNumber() => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var value) && double.IsFinite(value)
        ? value
        : throw Fault("must be a finite number");

    public IEnumerable<ConfigNode> Items()
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Fault("must be an array");
        }

        var here = place;
        return element.EnumerateArray().Select((item, i) => new ConfigNode(item, $"{here}[{i}]"));
    }

    public IEnumerable<(string Name, ConfigNode Value)> Members()
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Fault("must be an object");
        }

        var here = place;
        return element.EnumerateObject().Select(member =>
        {
            try
            {
                return (member.Name, new ConfigNode(member.Value, here));
            }
            catch (InvalidOperationException e)
            {
                throw new PipelineException($"{here} has a member whose name holds half of a surrogate pair.", e);
            }
        });
    }

    /// <summary>A fault here.</summary>
    public PipelineException Fault(string what) => new($"{place} {what}.");

    private string ReadText(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new PipelineException($"{place} holds half of a surrogate pair.", e);
        }
    }
}
