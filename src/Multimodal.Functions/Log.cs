using Microsoft.Extensions.Logging;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Functions;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Job {JobId}: an event was lost: {Reason}")]
    public static partial void EventLost(ILogger logger, JobId jobId, string reason);

    [LoggerMessage(2, LogLevel.Warning, "A poisoned message of the blob triggers cannot be read: {Reason}")]
    public static partial void PoisonUnreadable(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Information, "The history of {Count} ended orchestrations was purged.")]
    public static partial void HistoryPurged(ILogger logger, int count);
}
