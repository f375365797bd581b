using System.Text.Encodings.Web;
using System.Text.Json;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Local.Inspection;

/// <summary>Writes tensors into a folder: token ids as JSON, others as <c>.npy</c>.</summary>
internal sealed class FeatureWriter(string folder)
{
    private static readonly JsonWriterOptions Json = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Letters stay as they are: the files are for people, and no page shows them.
    private static readonly InspectionJson Readable =
        new(new JsonSerializerOptions(InspectionJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes what was made of a file.</summary>
    /// <param name="file">The file, as it was named.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <param name="tokens">What each token stands for; null where there are none, or it is not known.</param>
    public IReadOnlyList<FeatureManifestTensor> Write(
        string file, IReadOnlyDictionary<string, HostTensor> tensors, IReadOnlyList<string?>? tokens)
    {
        var stem = StemOf(file);
        var ids = tensors.Where(pair => IsIds(pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var written = new List<FeatureManifestTensor>();
        if (ids.Count > 0)
        {
            var name = $"{stem}.tokens.json";
            WriteIds(Path.Combine(folder, name), ids, tokens);
            written.AddRange(ids.Select(pair => Describe(pair.Key, pair.Value, name)));
        }

        foreach (var (tensorName, tensor) in tensors.Where(pair => !IsIds(pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var name = $"{stem}.{tensorName}.npy";
            File.WriteAllBytes(Path.Combine(folder, name), NpyFile.Write(tensor));
            written.Add(Describe(tensorName, tensor, name));
        }

        return written;
    }

    /// <summary>Writes the manifest.</summary>
    public void WriteManifest(FeatureManifest manifest) => File.WriteAllBytes(
        Path.Combine(folder, "manifest.json"),
        [.. JsonSerializer.SerializeToUtf8Bytes(manifest, Readable.FeatureManifest), (byte)'\n']);

    private static bool IsIds(HostTensor tensor) => tensor is { Type: TensorType.Int64, Shape.Count: 1 };

    private static FeatureManifestTensor Describe(string name, HostTensor tensor, string file) =>
        new(name, tensor.Type.ToString().ToLowerInvariant(), tensor.Shape, file);

    // One line for each tensor: a person compares them by eye, and a program reads them all the same.
    private static void WriteIds(string path, List<KeyValuePair<string, HostTensor>> ids, IReadOnlyList<string?>? tokens)
    {
        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, Json);
        json.WriteStartObject();
        foreach (var (name, tensor) in ids)
        {
            json.WritePropertyName(name);
            json.WriteRawValue($"[{string.Join(", ", tensor.AsSpan<long>().ToArray())}]");
        }

        if (tokens is not null)
        {
            json.WritePropertyName("tokens");
            json.WriteRawValue($"[{string.Join(", ", tokens.Select(Quote))}]");
        }

        json.WriteEndObject();
    }

    private static string Quote(string? token) =>
        token is null ? "null" : $"\"{JsonEncodedText.Encode(token, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private string StemOf(string file)
    {
        var name = Path.GetFileName(file);
        var stem = name;
        for (var i = 2; !_taken.Add(stem); i++)
        {
            stem = $"{name}-{i}";
        }

        return stem;
    }
}
