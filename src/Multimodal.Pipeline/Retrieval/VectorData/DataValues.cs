using System.Text.Json;

namespace Multimodal.Pipeline.Retrieval.VectorData;

/// <summary>The types of data that a record may hold, and how their values are written as JSON.</summary>
internal static class DataValues
{
    private static readonly Dictionary<Type, (Action<Utf8JsonWriter, object> Write, Func<JsonElement, object?> Read)> Types = new()
    {
        [typeof(string)] = ((json, value) => json.WriteStringValue((string)value), element => element.GetString()),
        [typeof(bool)] = ((json, value) => json.WriteBooleanValue((bool)value), element => element.GetBoolean()),
        [typeof(int)] = ((json, value) => json.WriteNumberValue((int)value), element => element.GetInt32()),
        [typeof(long)] = ((json, value) => json.WriteNumberValue((long)value), element => element.GetInt64()),
        [typeof(float)] = ((json, value) => json.WriteNumberValue((float)value), element => element.GetSingle()),
        [typeof(double)] = ((json, value) => json.WriteNumberValue((double)value), element => element.GetDouble()),
        [typeof(decimal)] = ((json, value) => json.WriteNumberValue((decimal)value), element => element.GetDecimal()),
        [typeof(Guid)] = ((json, value) => json.WriteStringValue((Guid)value), element => element.GetGuid()),
        [typeof(DateTime)] = ((json, value) => json.WriteStringValue((DateTime)value), element => element.GetDateTime()),
        [typeof(DateTimeOffset)] = ((json, value) => json.WriteStringValue((DateTimeOffset)value), element => element.GetDateTimeOffset()),
        [typeof(string[])] = (WriteStrings, element => ReadStrings(element).ToArray()),
        [typeof(List<string>)] = (WriteStrings, ReadStrings),
    };

    /// <summary>The names of the types, for messages.</summary>
    public static string Names { get; } = string.Join(", ", Types.Keys.Select(type => type == typeof(List<string>) ? "List<string>" : type.Name));

    /// <summary>Whether a type is one of them, or one of them that may be null.</summary>
    public static bool Supports(Type type) => Types.ContainsKey(Nullable.GetUnderlyingType(type) ?? type);

    /// <summary>Writes a value; null too.</summary>
    public static void Write(Utf8JsonWriter json, Type type, object? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            Types[Nullable.GetUnderlyingType(type) ?? type].Write(json, value);
        }
    }

    /// <summary>Reads a value; null too.</summary>
    public static object? Read(JsonElement element, Type type) =>
        element.ValueKind == JsonValueKind.Null ? null : Types[Nullable.GetUnderlyingType(type) ?? type].Read(element);

    private static void WriteStrings(Utf8JsonWriter json, object value)
    {
        json.WriteStartArray();
        foreach (var text in (IEnumerable<string>)value)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static List<string> ReadStrings(JsonElement element) => [.. element.EnumerateArray().Select(item => item.GetString()!)];
}
