using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Tasks;

/// <summary>What is to be done with a verdict, and why.</summary>
public sealed record DecisionOutcome : TaskOutcome
{
    /// <summary>The task whose verdict was judged.</summary>
    public required string Of { get; init; }

    /// <summary>What was decided.</summary>
    public required DecisionKind Decision { get; init; }

    /// <summary>The rule that held, counted from 1; null where none did.</summary>
    public int? Rule { get; init; }

    /// <summary>Why, as a sentence.</summary>
    public required string Reason { get; init; }
}
