using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Multimodal.Pipeline.Models;

namespace Multimodal.Capacity.Inputs;

/// <summary>Reads and writes the files of <c>infra/capacity</c>.</summary>
internal static class Files
{
    /// <exception cref="PipelineException">It cannot be read.</exception>
    public static T Read<T>(string path, JsonTypeInfo<T> type, string remedy)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? throw new JsonException("It is null.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PipelineException($"{path} cannot be read: {e.Message} {remedy}", e);
        }
    }

    public static void Write<T>(string path, T value, JsonTypeInfo<T> type) =>
        File.WriteAllText(path, JsonSerializer.Serialize(value, type) + "\n");
}
