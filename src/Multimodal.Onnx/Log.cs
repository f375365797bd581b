using Microsoft.Extensions.Logging;

namespace Multimodal.Onnx;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The execution provider '{Provider}' cannot be used; '{Next}' takes its place: {Reason}")]
    public static partial void ProviderUnavailable(ILogger logger, string provider, string next, string reason);

    [LoggerMessage(2, LogLevel.Warning, "What was measured of an encoder cannot be kept in '{Folder}' and will be measured again: {Reason}")]
    public static partial void TuningNotKept(ILogger logger, string folder, string reason);

    [LoggerMessage(3, LogLevel.Information, "The encoder '{Model}' runs {Batch} items at most, {Runs} runs at once, {Threads} threads each ({Source}).")]
    public static partial void EncoderOpened(ILogger logger, string model, int batch, int runs, int threads, string source);

    [LoggerMessage(4, LogLevel.Warning, "Optimised graphs cannot be kept in '{Folder}'; networks are opened from their own files: {Reason}")]
    public static partial void GraphNotKept(ILogger logger, string folder, string reason);

    [LoggerMessage(5, LogLevel.Warning, "There is no memory of the kind '{Allocator}' for the inputs of '{Model}'; they lie in ordinary memory.")]
    public static partial void BoundMemoryUnavailable(ILogger logger, string allocator, string model);

    [LoggerMessage(6, LogLevel.Error, "The detector for previews failed; the picture is not shown.")]
    public static partial void PreviewNotBlurred(ILogger logger, Exception exception);
}
