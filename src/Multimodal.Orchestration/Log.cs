using Microsoft.Extensions.Logging;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Job {JobId}, revision {Revision}, closed: {Status}.")]
    public static partial void JobClosed(ILogger logger, JobId jobId, int revision, JobOutcomeStatus status);

    [LoggerMessage(2, LogLevel.Warning, "Job {JobId}: the encoder gave values for '{Input}' that are not finite.")]
    public static partial void EmbeddingNotFinite(ILogger logger, JobId jobId, string input);

    [LoggerMessage(3, LogLevel.Warning, "Job {JobId}: '{Input}' was refused ({Code}).")]
    public static partial void InputRefused(ILogger logger, JobId jobId, string input, string code);

    [LoggerMessage(4, LogLevel.Information, "Job {JobId}: '{Input}' is late; the job is closed.")]
    public static partial void InputLate(ILogger logger, JobId jobId, string input);
}
