using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Http.Batches;
using Multimodal.Http.Embeddings;
using Multimodal.Http.Files;
using Multimodal.Http.Health;
using Multimodal.Http.Listing;
using Multimodal.Http.Problems;
using Multimodal.Http.Samples;
using Multimodal.Http.Search;
using Multimodal.Http.Views;
using Multimodal.Orchestration.Search;

namespace Multimodal.Http;

/// <summary>How answers are written as JSON: camel case, absent members left out.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(EmbeddingsView))]
[JsonSerializable(typeof(EmbeddedInputs))]
[JsonSerializable(typeof(EmbeddingsTexts))]
[JsonSerializable(typeof(InputView))]
[JsonSerializable(typeof(SampleList))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(BatchView))]
[JsonSerializable(typeof(BatchList))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(SearchRequest))]
[JsonSerializable(typeof(PipelineList))]
[JsonSerializable(typeof(LiveReport))]
[JsonSerializable(typeof(ReadyReport))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class HttpJson : JsonSerializerContext;
