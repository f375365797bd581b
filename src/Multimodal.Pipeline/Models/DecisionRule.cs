using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>A rule of a decision.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DecisionRule
{
    /// <summary>What must hold, all of it.</summary>
    public required DecisionConditions If { get; init; }

    /// <summary>What is decided then.</summary>
    public required DecisionKind Then { get; init; }
}
