using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>How zero-shot classification scores labels in one space; what is null is as the task has it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ZeroShotSpace
{
    /// <summary>Texts with <see cref="ZeroShotDefinition.Placeholder"/> in the place of the label.</summary>
    public IReadOnlyList<string>? Templates { get; init; }

    /// <summary>What cosines are multiplied by, more than 0.</summary>
    public double? LogitScale { get; init; }

    /// <summary>What is added.</summary>
    public double? LogitBias { get; init; }
}
