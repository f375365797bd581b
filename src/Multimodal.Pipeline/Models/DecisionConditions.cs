using System.Text.Json.Serialization;
using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models;

/// <summary>What must hold of a verdict, all of what is not null.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DecisionConditions
{
    /// <summary>The verdict is this label.</summary>
    public string? Label { get; init; }

    /// <summary>Its confidence, 0 to 1, is this or more.</summary>
    public double? MinimumConfidence { get; init; }

    /// <summary>Its confidence is less than this.</summary>
    public double? ConfidenceBelow { get; init; }

    /// <summary>The best score is by this much, 0 to 1, or more above the second.</summary>
    public double? MinimumMargin { get; init; }

    /// <summary>The best score is by less than this above the second.</summary>
    public double? MarginBelow { get; init; }

    /// <summary>How the modalities' own verdicts stand to it.</summary>
    public AgreementState? Agreement { get; init; }

    /// <summary>Nothing of these modalities was used: missing or failed, all of them.</summary>
    public IReadOnlyList<Modality>? Missing { get; init; }

    /// <summary>Whether it asks for nothing.</summary>
    [JsonIgnore]
    public bool AreEmpty => this == new DecisionConditions();
}
