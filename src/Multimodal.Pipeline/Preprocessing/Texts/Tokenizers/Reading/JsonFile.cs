using System.Text.Json;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

/// <summary>A JSON file that is read member by member.</summary>
internal sealed class JsonFile : IDisposable
{
    private readonly JsonDocument _document;

    private JsonFile(JsonDocument document, string path)
    {
        _document = document;
        Root = new ConfigNode(document.RootElement, path);
    }

    public ConfigNode Root { get; }

    /// <exception cref="PipelineException">It is malformed, or nested deeper than 64.</exception>
    public static JsonFile Read(string path, byte[] bytes)
    {
        try
        {
            var start = bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
            return new JsonFile(JsonDocument.Parse(bytes.AsMemory(start)), path);
        }
        catch (JsonException e)
        {
            throw new PipelineException($"{path} is not JSON that can be read: {e.Message}", e);
        }
    }

    public void Dispose() => _document.Dispose();
}
