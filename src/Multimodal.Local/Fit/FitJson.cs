using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Local.Fit.Data;
using Multimodal.Local.Fit.Reporting;

namespace Multimodal.Local.Fit;

/// <summary>JSON of the fit: its report, and the lines of files of labels.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n",
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FitReport))]
[JsonSerializable(typeof(JobLabel))]
internal sealed partial class FitJson : JsonSerializerContext;
