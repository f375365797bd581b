using Microsoft.Extensions.Logging;

namespace Multimodal.Onnx;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The execution provider '{Provider}' cannot be used; '{Next}' takes its place: {Reason}")]
    public static partial void ProviderUnavailable(ILogger logger, string provider, string next, string reason);
}
