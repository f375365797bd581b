using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Orchestration.Activities;

/// <summary>Makes the CloudEvents message that tells of a result. It holds verdicts, where they are wanted, and where the result lies, no content.</summary>
internal static class ResultMessages
{
    /// <summary>The event's type.</summary>
    public const string EventType = "multimodal.job.completed";

    /// <summary>The id of a revision's message.</summary>
    public static string IdOf(JobId job, int revision) => $"{job}/{revision}";

    /// <param name="result">The result.</param>
    /// <param name="verdicts">Whether it holds verdicts and decisions: labels that may be the sender's own words.</param>
    public static ResultMessage Create(JobResult result, bool verdicts)
    {
        var id = IdOf(result.JobId, result.Revision);
        var cloudEvent = new CloudEvent
        {
            Id = id,
            Type = EventType,
            Source = new Uri($"/jobs/{result.JobId}", UriKind.Relative),
            Subject = JobPaths.Result(result.JobId).ToString(),
            Time = result.CompletedAt,
            DataContentType = "application/json",
            Data = JsonSerializer.SerializeToElement(ToData(result, verdicts), OrchestrationJson.Default.ResultNotice),
        };
        return new ResultMessage(id, new JsonEventFormatter().EncodeStructuredModeMessage(cloudEvent, out _));
    }

    private static ResultNotice ToData(JobResult result, bool verdicts) => new(
        result.JobId,
        result.Revision,
        result.Status,
        JobPaths.Result(result.JobId).ToString(),
        [.. result.Outcomes.OfType<ScoredOutcome>().Where(_ => verdicts).Select(outcome => new VerdictNotice(outcome.Task, outcome.Label, outcome.Confidence))],
        result.Outcomes.OfType<DecisionOutcome>().Where(_ => verdicts).ToList() is { Count: > 0 } decisions
            ? [.. decisions.Select(outcome => new DecisionNotice(outcome.Task, outcome.Decision, outcome.Reason))]
            : null);
}
