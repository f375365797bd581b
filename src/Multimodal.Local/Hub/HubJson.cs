using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Local.Hub.Answers;

namespace Multimodal.Local.Hub;

/// <summary>JSON of hubs and of lock files.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelAnswer))]
[JsonSerializable(typeof(PullLock))]
[JsonSerializable(typeof(RecipeLock))]
internal sealed partial class HubJson : JsonSerializerContext;
