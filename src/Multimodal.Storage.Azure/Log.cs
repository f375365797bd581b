using Microsoft.Extensions.Logging;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Storage.Azure;

internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Error, "Job {JobId}: the right to run it was lost; another may run it at the same time.")]
    public static partial void LeaseLost(ILogger logger, Exception exception, JobId jobId);

    [LoggerMessage(202, LogLevel.Warning, "Job {JobId}: the right to run it could not be prolonged; the next attempt begins in {Delay}.")]
    public static partial void LeaseNotRenewed(ILogger logger, Exception exception, JobId jobId, TimeSpan delay);

    [LoggerMessage(203, LogLevel.Warning, "Job {JobId}: the right to run it could not be given back; it ends by itself within {Duration}.")]
    public static partial void LeaseNotReleased(ILogger logger, Exception exception, JobId jobId, TimeSpan duration);
}
