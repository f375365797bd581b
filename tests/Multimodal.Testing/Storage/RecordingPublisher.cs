using System.Collections.Concurrent;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Testing.Storage;

/// <summary>A queue that keeps what it was given.</summary>
public sealed class RecordingPublisher : IResultPublisher
{
    /// <summary>The messages, in their order.</summary>
    public ConcurrentQueue<ResultMessage> Messages { get; } = [];

    public ValueTask PublishAsync(ResultMessage message, CancellationToken cancellationToken = default)
    {
        Messages.Enqueue(message);
        return ValueTask.CompletedTask;
    }
}
