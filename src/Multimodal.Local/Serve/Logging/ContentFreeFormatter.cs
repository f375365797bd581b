using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Local.Serve.Logging;

/// <summary>
/// Writes a log line by line, without what people send. What we log ourselves is written as it is, since it holds ids and numbers alone; of
/// what others log, values that are texts are left out, unless it is known what they can be: ASP.NET Core logs paths and headers.
/// </summary>
internal sealed class ContentFreeFormatter(TimeProvider time) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "content-free";

    private const string Own = "Multimodal.";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        var isOwn = logEntry.Category.StartsWith(Own, StringComparison.Ordinal);
        var message = isOwn ? logEntry.Formatter(logEntry.State, null) : ForeignMessage.Of(logEntry.State, logEntry.EventId);
        textWriter.Write(string.Create(
            CultureInfo.InvariantCulture, $"{time.GetLocalNow():HH:mm:ss} {LabelOf(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] "));
        textWriter.Write(message.ReplaceLineEndings(" "));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            textWriter.Write(LoggedException.Of(exception).ToString().ReplaceLineEndings(" "));
        }

        textWriter.WriteLine();
    }

    private static string LabelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
