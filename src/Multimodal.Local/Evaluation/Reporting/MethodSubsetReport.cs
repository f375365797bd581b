using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>A method's accuracy on one subset of the modalities.</summary>
internal sealed record MethodSubsetReport(IReadOnlyList<Modality> Modalities, ScoreReport Score)
{
    /// <summary>For people.</summary>
    [JsonIgnore]
    public string Name => string.Join(" + ", Modalities.Select(modality => modality.ToName()));
}
