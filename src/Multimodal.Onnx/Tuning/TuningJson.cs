using System.Text.Json.Serialization;

namespace Multimodal.Onnx.Tuning;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EncoderTuning))]
internal sealed partial class TuningJson : JsonSerializerContext;
