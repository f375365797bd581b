using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Tasks;

/// <summary>
/// Executes a pipeline's tasks on a job, one after the other, and explains the verdicts of those that score labels. A task that cannot be
/// executed stands in the outcome as failed; the others stand beside it.
/// </summary>
internal sealed class TaskExecution(IReadOnlyList<TaskDefinition> definitions, Func<TaskDefinition, ITask> open, FusedSubsets fused, TaskContext context)
{
    private const int LongestReason = 1000;

    private readonly List<TaskOutcome> _outcomes = [];
    private readonly Dictionary<string, (int? TopK, IReadOnlySet<string> Labels)> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<Modality, List<TaskOutcome>> _own = fused.Used.ToDictionary(modality => modality, _ => new List<TaskOutcome>());

    public async ValueTask<PipelineOutcome> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var definition in definitions)
        {
            try
            {
                var task = open(definition);
                await (task is IScoredTask scored ? ScoreAsync(scored, cancellationToken) : ExecuteAsync(task, cancellationToken));
            }
            catch (TaskException e)
            {
                _outcomes.Add(new FailedOutcome { Task = definition.Name, Error = e.Error });
            }
            catch (PipelineException e)
            {
                _outcomes.Add(new FailedOutcome { Task = definition.Name, Error = ErrorOf(definition, e) });
            }
        }

        return new PipelineOutcome(Shorten(_outcomes), _own.ToDictionary(pair => pair.Key, pair => Shorten(pair.Value)));
    }

    private async ValueTask ExecuteAsync(ITask task, CancellationToken cancellationToken) =>
        _outcomes.AddRange(await task.ExecuteAsync([fused.InputOf(fused.Used, context) with { Outcomes = [.. _outcomes] }], cancellationToken));

    private async ValueTask ScoreAsync(IScoredTask task, CancellationToken cancellationToken)
    {
        var subsets = fused.Subsets;
        var verdicts = await task.ExecuteAsync([.. subsets.Select(subset => fused.InputOf(subset, context))], cancellationToken);
        var bySubset = subsets.Zip(verdicts.Cast<ScoredOutcome>()).ToDictionary(pair => pair.First, pair => pair.Second);
        var verdict = bySubset[fused.Used];
        var explained = OutcomeExplainer.Explain(verdict, task.PriorOf(verdict.Label, context), fused.Used, fused.Counting, bySubset);
        _outcomes.Add(explained);
        _kept[verdict.Task] = (task.TopK, explained.Scores.Take(task.TopK ?? int.MaxValue).Select(score => score.Label).ToHashSet(StringComparer.Ordinal));
        foreach (var modality in fused.Used)
        {
            _own[modality].Add(bySubset[ModalitySet.Of(modality)]);
        }
    }

    // Shortened last: explanations and rules go by every score. What all together say best can be compared with what each one says.
    private IReadOnlyList<TaskOutcome> Shorten(List<TaskOutcome> outcomes) =>
    [
        .. outcomes.Select(outcome => outcome is ScoredOutcome scored && _kept.TryGetValue(scored.Task, out var kept)
            ? scored.Shorten(kept.TopK, kept.Labels)
            : outcome),
    ];

    private static JobError ErrorOf(TaskDefinition definition, PipelineException reason) => new(
        JobError.TaskFailed,
        $"The task '{definition.Name}' could not be executed: {(reason.Message.Length > LongestReason ? reason.Message[..LongestReason] + "…" : reason.Message)}",
        "Mend the pipeline, and run the job again.");
}
