using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Tasks.Decisions;

/// <summary>Decides what is to be done with an earlier task's verdict: the first rule whose conditions all hold.</summary>
public sealed class Decision : ITask
{
    private readonly DecisionDefinition _definition;

    /// <summary>Executes a declared decision.</summary>
    public Decision(DecisionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        _definition = definition;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TaskOutcome>> ExecuteAsync(IReadOnlyList<TaskInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return ValueTask.FromResult<IReadOnlyList<TaskOutcome>>([.. inputs.Select(Decide)]);
    }

    private DecisionOutcome Decide(TaskInput input)
    {
        var judged = input.Outcomes.FirstOrDefault(outcome => outcome.Task == _definition.Of);
        return judged is ScoredOutcome verdict ? Decide(verdict, ModalitySet.Of(input.Embeddings.Keys))

            // Of what there is no verdict, nothing can be accepted or turned down by itself.
            : Outcome(DecisionKind.Review, null, judged is FailedOutcome failed
                ? $"There is no verdict to go by: {failed.Error.Message}"
                : $"There is no verdict of '{_definition.Of}' to go by.");
    }

    private DecisionOutcome Decide(ScoredOutcome verdict, ModalitySet present)
    {
        for (var i = 0; i < _definition.Rules.Count; i++)
        {
            var rule = _definition.Rules[i];
            if (DecisionMatch.Find(rule.If, verdict, present) is { } reasons)
            {
                return Outcome(rule.Then, i + 1, Sentence(reasons));
            }
        }

        var confidence = DecisionMatch.Percent(verdict.Confidence);
        return Outcome(_definition.Otherwise, null, $"No rule speaks against {verdict.Label} at {confidence}.");
    }

    private DecisionOutcome Outcome(DecisionKind decision, int? rule, string reason) =>
        new() { Task = _definition.Name, Of = _definition.Of, Decision = decision, Rule = rule, Reason = reason };

    private static string Sentence(IReadOnlyList<string> reasons)
    {
        var text = reasons.Count == 1 ? reasons[0] : $"{string.Join(", ", reasons.SkipLast(1))} and {reasons[^1]}";
        return char.ToUpperInvariant(text[0]) + text[1..] + ".";
    }
}
