using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tasks;

/// <summary>Stands for a task that could not be executed; what other tasks say stands.</summary>
public sealed record FailedOutcome : TaskOutcome
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "failed";

    /// <summary>Why, and what to do about it.</summary>
    public required JobError Error { get; init; }
}
