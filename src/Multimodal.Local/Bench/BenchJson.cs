using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Local.Bench.Resources;

namespace Multimodal.Local.Bench;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(BesideReport))]
internal sealed partial class BenchJson : JsonSerializerContext;
