using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Multimodal.Local.Engine;

/// <summary>Events for one job, kept until they are waited for.</summary>
internal sealed class EventMailbox(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Channel<bool>> _channels = new(StringComparer.Ordinal);

    public void Post(string name) => ChannelOf(name).Writer.TryWrite(true);

    /// <summary>Whether an event came before the time; it is then consumed.</summary>
    public async Task<bool> WaitAsync(string name, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var reader = ChannelOf(name).Reader;
        if (reader.TryRead(out _))
        {
            return true;
        }

        var left = until - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        using var limit = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private Channel<bool> ChannelOf(string name) => _channels.GetOrAdd(name, _ => Channel.CreateUnbounded<bool>());
}
