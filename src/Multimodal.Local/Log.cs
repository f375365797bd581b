using Microsoft.Extensions.Logging;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local;

internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Warning, "Job {JobId}: {Activity} failed at attempt {Attempt}; the next one begins in {Delay}.")]
    public static partial void ActivityRetried(ILogger logger, Exception exception, string jobId, string activity, int attempt, TimeSpan delay);

    [LoggerMessage(102, LogLevel.Error, "Job {JobId} stopped; it stays open and is taken up again at the next start.")]
    public static partial void JobStopped(ILogger logger, Exception exception, JobId jobId);
}
