using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Orchestration.Activities;

/// <summary>Makes the CloudEvents message that tells of a result. It holds verdicts and where the result lies, no content.</summary>
internal static class ResultMessages
{
    /// <summary>The event's type.</summary>
    public const string EventType = "multimodal.job.completed";

    /// <summary>The id of a revision's message.</summary>
    public static string IdOf(JobId job, int revision) => $"{job}/{revision}";

    public static ResultMessage Create(JobResult result)
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
            Data = JsonSerializer.SerializeToElement(ToData(result), OrchestrationJson.Default.ResultNotice),
        };
        return new ResultMessage(id, new JsonEventFormatter().EncodeStructuredModeMessage(cloudEvent, out _));
    }

    private static ResultNotice ToData(JobResult result) => new(
        result.JobId,
        result.Revision,
        result.Status,
        JobPaths.Result(result.JobId).ToString(),
        [.. result.Outcomes.OfType<ScoredOutcome>().Select(outcome => new VerdictNotice(outcome.Task, outcome.Label, outcome.Confidence))],
        result.Outcomes.OfType<DecisionOutcome>().ToList() is { Count: > 0 } decisions
            ? [.. decisions.Select(outcome => new DecisionNotice(outcome.Task, outcome.Decision, outcome.Reason))]
            : null);
}
