using System.Text.Json;
using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>How signatures are written as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SignatureEnvelope))]
[JsonSerializable(typeof(SigningStatement))]
internal sealed partial class SigningJson : JsonSerializerContext;
