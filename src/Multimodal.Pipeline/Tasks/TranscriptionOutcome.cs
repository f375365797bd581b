namespace Multimodal.Pipeline.Tasks;

/// <summary>What is said in a job's recordings.</summary>
public sealed record TranscriptionOutcome : TaskOutcome
{
    /// <summary>The texts of all recordings, a line for each that has words.</summary>
    public required string Text { get; init; }

    /// <summary>Each recording with its words and their times, in the order of the file names; empty where the job has none.</summary>
    public required IReadOnlyList<TranscribedInput> Inputs { get; init; }
}
