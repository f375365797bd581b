using System.Text.Json;
using System.Text.Json.Serialization;

namespace Multimodal.Local.Bench;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJson : JsonSerializerContext;
