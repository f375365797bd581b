using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Multimodal.Local.Evaluation.Data;

/// <summary>A label written as text or as a whole number: people write both <c>"7"</c> and <c>7</c>.</summary>
internal sealed class LabelJsonConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new JsonException("The label must be text or a whole number."),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
