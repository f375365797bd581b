using Microsoft.Extensions.Logging;

namespace Multimodal.Pipeline;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A part of an index is missing in every search.")]
    public static partial void IndexDamaged(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "An index could not be compacted; the next write tries again.")]
    public static partial void CompactionFailed(ILogger logger, Exception exception);

    [LoggerMessage(20, LogLevel.Warning, "A pipeline that no trusted key vouches for is taken: {Finding}")]
    public static partial void PipelineNotVouchedFor(ILogger logger, string finding);
}
