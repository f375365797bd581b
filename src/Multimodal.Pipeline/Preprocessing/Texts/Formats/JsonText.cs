using System.Text;
using System.Text.Json;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Pipeline.Preprocessing.Texts.Formats;

/// <summary>The strings of a JSON text, or of one with a value a line, in order, each a line.</summary>
internal static class JsonText
{
    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true };

    /// <param name="text">The whole file.</param>
    /// <param name="fields">
    /// Members whose strings are taken: names from the outermost object inwards with dots between; arrays count for nothing. Null: all strings.
    /// </param>
    /// <param name="name">The input's name, for messages.</param>
    /// <exception cref="InputException"><see cref="InputErrorCodes.Corrupt"/>: it is not JSON, or nested deeper than 64.</exception>
    public static string Extract(string text, IReadOnlyList<string>? fields, string name)
    {
        try
        {
            return Read(text, fields);
        }
        catch (JsonException e)
        {
            // The reader's own words quote the text.
            throw new InputException(
                InputErrorCodes.Corrupt,
                $"'{name}' is not JSON that can be read, at {JsonPlace.Of(e)}.",
                "Send valid JSON, at most 64 levels deep, or declare another format.",
                e);
        }
        catch (InvalidOperationException e)
        {
            throw new InputException(
                InputErrorCodes.Corrupt, $"'{name}' has an escape in a JSON string that is half of a surrogate pair.", "Send text in valid Unicode.", e);
        }
    }

    /// <summary>Extracts where the text is an object or an array, or several; else null.</summary>
    public static string? TryExtract(string text, IReadOnlyList<string>? fields, string name)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{") && !text.AsSpan().TrimStart().StartsWith("["))
        {
            return null;
        }

        try
        {
            return Extract(text, fields, name);
        }
        catch (InputException)
        {
            // Plain text may begin with a bracket.
            return null;
        }
    }

    private static string Read(string text, IReadOnlyList<string>? fields)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), Options);
        var wanted = fields?.ToHashSet(StringComparer.Ordinal);
        var words = new StringBuilder();

        // Of each open object or array the path of its members, and the member that is being read.
        var paths = new Stack<string>();
        var path = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    paths.Push(path);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path = paths.Pop();
                    break;
                case JsonTokenType.PropertyName when wanted is not null:
                    path = paths.Peek() is { Length: > 0 } outer ? $"{outer}.{reader.GetString()}" : reader.GetString()!;
                    break;
                case JsonTokenType.String when wanted is null || wanted.Contains(path):
                    words.Append(words.Length > 0 ? "\n" : "").Append(reader.GetString());
                    break;
                default:
                    break;
            }
        }

        return words.ToString();
    }
}
