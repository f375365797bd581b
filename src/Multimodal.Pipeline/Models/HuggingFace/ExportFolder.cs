using System.Text.Json;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>A folder that a model was exported to, and what its JSON files say.</summary>
internal sealed class ExportFolder
{
    private const int LargestJson = 64 << 20;

    private static readonly string[] Parts = ["", "onnx", "1_Pooling"];

    private readonly Dictionary<string, JsonElement?> _read = new(StringComparer.Ordinal);

    /// <exception cref="PipelineException">There is no such folder.</exception>
    public ExportFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        if (!Directory.Exists(Path))
        {
            throw new PipelineException($"The folder '{path}' does not exist.");
        }

        Files =
        [
            .. from part in Parts
               let folder = System.IO.Path.Combine(Path, part)
               where Directory.Exists(folder)
               from file in Directory.EnumerateFiles(folder)
               let name = System.IO.Path.GetFileName(file)
               select part.Length == 0 ? name : $"{part}/{name}",
        ];
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>The files of the parts that are looked at, relative to it, with <c>/</c>.</summary>
    public IReadOnlyCollection<string> Files { get; }

    /// <summary>The kind of model that its configuration names, or an empty text.</summary>
    public string ModelType => StringOf(Read(FolderFiles.Config), "model_type") ?? "";

    /// <summary>The full path of a file.</summary>
    public string PathOf(string file) => System.IO.Path.Combine(Path, file);

    /// <summary>A JSON file, or null where there is none.</summary>
    /// <exception cref="PipelineException">It is not JSON.</exception>
    public JsonElement? Read(string file)
    {
        if (_read.TryGetValue(file, out var known))
        {
            return known;
        }

        return _read[file] = Files.Contains(file) ? Parse(PathOf(file)) : null;
    }

    /// <summary>A member that is a number, of the outer object or, where it is not there, of an inner one.</summary>
    public int? NumberOf(string file, string member, string? inner = null)
    {
        var root = Read(file);
        return NumberOf(inner is null ? null : MemberOf(root, inner), member) ?? NumberOf(root, member);
    }

    public static JsonElement? MemberOf(JsonElement? element, string member) =>
        element is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty(member, out var value) ? value : null;

    public static string? StringOf(JsonElement? element, string member) =>
        MemberOf(element, member) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static bool IsTrue(JsonElement? element, string member) => MemberOf(element, member) is { ValueKind: JsonValueKind.True };

    private static int? NumberOf(JsonElement? element, string member) =>
        MemberOf(element, member) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    private static JsonElement Parse(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestJson)
            {
                throw new PipelineException($"{path} has more than {LargestJson} bytes.");
            }

            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"{path} cannot be read as JSON: {e.Message}", e);
        }
    }
}
