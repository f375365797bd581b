using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>What is to be done with a verdict: the first rule whose conditions all hold decides.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DecisionDefinition : TaskDefinition
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "decision";

    /// <summary>The name of the task whose verdict is judged: an earlier one that scores labels.</summary>
    public required string Of { get; init; }

    /// <summary>The rules, in the order in which they are tried.</summary>
    public required IReadOnlyList<DecisionRule> Rules { get; init; }

    /// <summary>What is decided where no rule holds.</summary>
    public required DecisionKind Otherwise { get; init; }
}
