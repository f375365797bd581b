using System.Text.Json;
using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Retrieval.Persistence;

/// <summary>How the JSON blobs of an index are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IndexManifest))]
[JsonSerializable(typeof(Erasure))]
internal sealed partial class IndexJson : JsonSerializerContext;
