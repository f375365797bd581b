using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Local.Run;

namespace Multimodal.Local;

/// <summary>JSON of this command's own.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(JobFailure))]
internal sealed partial class LocalJson : JsonSerializerContext;
