using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Trials.Batches;
using Multimodal.Trials.Faults;
using Multimodal.Trials.Fuzz;
using Multimodal.Trials.Kill;
using Multimodal.Trials.Listing;
using Multimodal.Trials.Load;
using Multimodal.Trials.Speech;

namespace Multimodal.Trials;

/// <summary>Reports as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(BatchReport))]
[JsonSerializable(typeof(FaultReport))]
[JsonSerializable(typeof(FuzzTrialReport))]
[JsonSerializable(typeof(KillReport))]
[JsonSerializable(typeof(ListingReport))]
[JsonSerializable(typeof(LoadReport))]
[JsonSerializable(typeof(SpeechReport))]
internal sealed partial class TrialJson : JsonSerializerContext;
