using System.Collections.Concurrent;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Testing.Storage;

/// <summary>A queue that keeps what it was given.</summary>
public sealed class RecordingPublisher : IResultPublisher
{
    /// <summary>The messages, in their order.</summary>
    public ConcurrentQueue<ResultMessage> Messages { get; } = [];

    /// <summary>Called after a message was taken.</summary>
    public Func<Task> OnPublish { get; set; } = () => Task.CompletedTask;

    public async ValueTask PublishAsync(ResultMessage message, CancellationToken cancellationToken = default)
    {
        Messages.Enqueue(message);
        await OnPublish();
    }
}
