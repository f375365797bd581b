using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Orchestration.Activities;

/// <summary>The data of a result's message.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Result">Where the result lies, container first.</param>
/// <param name="Verdicts">The verdicts of the pipeline's classifications; none from a host that encrypts what it stores.</param>
/// <param name="Decisions">What is to be done with them, where the pipeline decides.</param>
public sealed record ResultNotice(
    JobId JobId, int Revision, JobOutcomeStatus Status, string Result, IReadOnlyList<VerdictNotice> Verdicts, IReadOnlyList<DecisionNotice>? Decisions = null);

/// <summary>A verdict in a result's message.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Label">The label.</param>
/// <param name="Confidence">Its probability, 0 to 1.</param>
public sealed record VerdictNotice(string Task, string Label, double Confidence);

/// <summary>A decision in a result's message.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record DecisionNotice(string Task, DecisionKind Decision, string Reason);
