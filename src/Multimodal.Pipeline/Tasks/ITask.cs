namespace Multimodal.Pipeline.Tasks;

/// <summary>Turns embeddings of the shared space into outcomes. Safe for concurrent use.</summary>
public interface ITask
{
    /// <summary>Executes the task.</summary>
    /// <param name="embeddings">One or more embeddings, all of the pipeline's dimensions.</param>
    /// <returns>One outcome for each embedding, in their order.</returns>
    IReadOnlyList<TaskOutcome> Execute(IReadOnlyList<ReadOnlyMemory<float>> embeddings);
}
