using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline;

/// <summary>How the domain's contracts are written as JSON: camel case, absent members left out.</summary>
/// <remarks>
/// A member with a default of its own has a setter, not <c>init</c>: where JSON leaves it out, the generated code gives an
/// init-only one the default of its type instead (dotnet/runtime#84484), so that a deadline of 600 seconds would become 0.
/// </remarks>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n",
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    RespectNullableAnnotations = true,
    AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(PipelineDefinition))]
[JsonSerializable(typeof(Models.Recipes.PipelineRecipe))]
[JsonSerializable(typeof(JobOptions))]
[JsonSerializable(typeof(JobRecord))]
[JsonSerializable(typeof(InputReceipt))]
[JsonSerializable(typeof(InputError))]
[JsonSerializable(typeof(Preprocessing.InputFacts))]
[JsonSerializable(typeof(JobResult))]
[JsonSerializable(typeof(Speech.SoundTiming))]
[JsonSerializable(typeof(Speech.Transcript))]
[JsonSerializable(typeof(Retrieval.Jobs.IndexedVectors))]
[JsonSerializable(typeof(Storage.Tombstone))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(OrderedDictionary<string, Models.SampleNote>))]
public sealed partial class PipelineJson : JsonSerializerContext;
