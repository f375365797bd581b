namespace Multimodal.Pipeline.Tasks;

/// <summary>Turns what is known of jobs into outcomes. Safe for concurrent use.</summary>
public interface ITask
{
    /// <summary>Executes the task on a batch.</summary>
    /// <param name="inputs">What is known, of one job or of several; none depends on another.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One outcome for each input, in their order.</returns>
    ValueTask<IReadOnlyList<TaskOutcome>> ExecuteAsync(IReadOnlyList<TaskInput> inputs, CancellationToken cancellationToken = default);
}
