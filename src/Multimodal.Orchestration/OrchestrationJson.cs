using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Orchestration.Flow;
using Multimodal.Orchestration.Hosting;

namespace Multimodal.Orchestration;

/// <summary>How what crosses the orchestration is written as JSON: compact, since histories keep it.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(RunJobRequest))]
[JsonSerializable(typeof(JobSummary))]
[JsonSerializable(typeof(JobProgress))]
[JsonSerializable(typeof(ListRequest))]
[JsonSerializable(typeof(InputListing))]
[JsonSerializable(typeof(StoredListing))]
[JsonSerializable(typeof(EncodeRequest))]
[JsonSerializable(typeof(EncodeReport))]
[JsonSerializable(typeof(FuseRequest))]
[JsonSerializable(typeof(FuseReport))]
[JsonSerializable(typeof(PublishRequest))]
[JsonSerializable(typeof(PublishReport))]
[JsonSerializable(typeof(ResultNotice))]
[JsonSerializable(typeof(HostMark))]
[JsonSerializable(typeof(BatchRecord))]
[JsonSerializable(typeof(BatchSpecification))]
[JsonSerializable(typeof(RunBatchRequest))]
[JsonSerializable(typeof(BatchSummary))]
[JsonSerializable(typeof(LookRequest))]
[JsonSerializable(typeof(BatchLook))]
[JsonSerializable(typeof(PageRequest))]
[JsonSerializable(typeof(PageReport))]
public sealed partial class OrchestrationJson : JsonSerializerContext;
