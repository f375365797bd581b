using Microsoft.Extensions.Logging;

namespace Multimodal.Http;

internal static partial class Log
{
    [LoggerMessage(201, LogLevel.Error, "A request failed.")]
    public static partial void RequestFailed(ILogger logger, Exception exception);

    [LoggerMessage(202, LogLevel.Error, "A request asked for a pipeline that cannot be used.")]
    public static partial void PipelineUnusable(ILogger logger, Exception exception);

    [LoggerMessage(203, LogLevel.Warning, "The storage cannot be reached.")]
    public static partial void StorageUnreachable(ILogger logger, Exception exception);

    [LoggerMessage(204, LogLevel.Error, "The default pipeline does not compute what it should: {Fault}")]
    public static partial void PipelineUnlike(ILogger logger, string fault);

    [LoggerMessage(205, LogLevel.Warning, "An encoder refused an input that was sent to be embedded.")]
    public static partial void InputNotEncoded(ILogger logger, Exception exception);

    [LoggerMessage(206, LogLevel.Error, "A part of an index cannot be read.")]
    public static partial void IndexUnusable(ILogger logger, Exception exception);

    [LoggerMessage(207, LogLevel.Error, "A request asked for something whose encryption key is not at hand.")]
    public static partial void KeyMissing(ILogger logger, Exception exception);
}
