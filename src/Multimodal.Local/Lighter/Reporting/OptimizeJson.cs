using System.Text.Json;
using System.Text.Json.Serialization;

namespace Multimodal.Local.Lighter.Reporting;

/// <summary>JSON of the report.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(OptimizeReport))]
internal sealed partial class OptimizeJson : JsonSerializerContext;
