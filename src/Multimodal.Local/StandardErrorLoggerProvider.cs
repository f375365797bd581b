using Microsoft.Extensions.Logging;

namespace Multimodal.Local;

/// <summary>Logs lines to standard error, so that standard output holds results alone.</summary>
internal sealed class StandardErrorLoggerProvider : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new StandardErrorLogger();

    public void Dispose()
    {
    }

    private sealed class StandardErrorLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Console.Error.WriteLine(exception is null
                    ? $"{logLevel}: {formatter(state, exception)}"
                    : $"{logLevel}: {formatter(state, exception)} {exception.Message}");
            }
        }
    }
}
