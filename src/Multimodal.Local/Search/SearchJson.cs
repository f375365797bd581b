using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Orchestration.Search;

namespace Multimodal.Local.Search;

/// <summary>JSON of <c>multimodal search</c>: as the service answers.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(SearchAnswer))]
internal sealed partial class SearchJson : JsonSerializerContext;
