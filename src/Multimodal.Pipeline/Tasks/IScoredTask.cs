namespace Multimodal.Pipeline.Tasks;

/// <summary>
/// A task that scores labels: its outcomes are <see cref="ScoredOutcome"/>s. It is executed on every subset of the modalities, so that its
/// verdict can be explained.
/// </summary>
public interface IScoredTask : ITask
{
    /// <summary>How many scores results keep, 1 or more; null: all. Outcomes have them all.</summary>
    int? TopK { get; }

    /// <summary>A label's probability before anything is known of a job, 0 to 1.</summary>
    /// <param name="label">One of the labels that it scores.</param>
    /// <param name="context">What the job says for itself.</param>
    double PriorOf(string label, TaskContext context);
}
