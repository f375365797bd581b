using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Reporting;

namespace Multimodal.Local.Evaluation;

/// <summary>JSON of the evaluation: its report, and the lines of text files.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n",
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(LabelledText))]
[JsonSerializable(typeof(ReferencePredictions))]
internal sealed partial class EvaluationJson : JsonSerializerContext;
