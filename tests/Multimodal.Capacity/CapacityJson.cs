using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Capacity.Encoding;
using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Reporting;

namespace Multimodal.Capacity;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    NewLine = "\n",
    RespectRequiredConstructorParameters = true,
    ReadCommentHandling = JsonCommentHandling.Skip)]
[JsonSerializable(typeof(Dictionary<string, Assumption>))]
[JsonSerializable(typeof(JobProfile))]
[JsonSerializable(typeof(EncoderCalibration))]
[JsonSerializable(typeof(CapacityReport))]
internal sealed partial class CapacityJson : JsonSerializerContext;
