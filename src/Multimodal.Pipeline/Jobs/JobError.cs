namespace Multimodal.Pipeline.Jobs;

/// <summary>Why a job as a whole has no verdict, or a part of it was left out.</summary>
/// <param name="Code">A stable code: <c>no-usable-input</c>, <c>encoder-failed</c>, <c>no-labels</c>, <c>bad-label</c>, <c>task-failed</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record JobError(string Code, string Message, string Remedy)
{
    /// <summary>No input of the job could be used.</summary>
    public const string NoUsableInput = "no-usable-input";

    /// <summary>The encoder of a modality failed as a whole.</summary>
    public const string EncoderFailed = "encoder-failed";

    /// <summary>A task that scores the job's labels got none.</summary>
    public const string NoLabels = "no-labels";

    /// <summary>A label cannot be used.</summary>
    public const string BadLabel = "bad-label";

    /// <summary>A task could not be executed for a reason outside of the job.</summary>
    public const string TaskFailed = "task-failed";
}
