using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tasks;

/// <summary>What a task may know of a job besides its embeddings.</summary>
public sealed record TaskContext
{
    /// <summary>What the job says for itself.</summary>
    public JobOptions Options { get; init; } = new();

    /// <summary>The job; null where embeddings are of none.</summary>
    public JobId? Job { get; init; }

    /// <summary>What is said in its recordings, in the order of the file names; empty where nothing wrote it down.</summary>
    public IReadOnlyList<TranscribedInput> Transcripts { get; init; } = [];
}
