using System.Text.Json.Serialization;

namespace Multimodal.Onnx.Blurring;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowTrailingCommas = true)]
[JsonSerializable(typeof(DetectorDeclaration))]
internal sealed partial class DetectorJson : JsonSerializerContext;
