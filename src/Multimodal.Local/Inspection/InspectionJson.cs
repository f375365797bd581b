using System.Text.Json;
using System.Text.Json.Serialization;

namespace Multimodal.Local.Inspection;

/// <summary>JSON of <c>multimodal features</c>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FeatureManifest))]
internal sealed partial class InspectionJson : JsonSerializerContext;
