using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Multimodal.Storage.Azure.Tests.Fixtures;

/// <summary>Keeps what is logged, for a test to wait for.</summary>
internal sealed class RecordingLogger<T> : ILogger<T>
{
    private readonly Channel<(LogLevel Level, string Message)> _entries = Channel.CreateUnbounded<(LogLevel, string)>();

    /// <summary>The next entry; fails where none comes.</summary>
    public Task<(LogLevel Level, string Message)> NextAsync(CancellationToken cancellationToken) =>
        _entries.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), cancellationToken);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Writer.TryWrite((logLevel, formatter(state, exception)));
}
