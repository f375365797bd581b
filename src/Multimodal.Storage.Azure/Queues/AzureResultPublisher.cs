using Azure.Storage.Queues;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Storage.Azure.Queues;

/// <summary>
/// Messages on a storage queue, as the Base64 of their JSON. A message that is sent again, by the client too where an answer
/// was lost, is another message of the same id.
/// </summary>
internal sealed class AzureResultPublisher(QueueClient queue, TimeSpan timeToLive) : IResultPublisher
{
    // How the service is told that a message never expires.
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    /// <summary>The most bytes of content that fit: the service takes 64 KiB of text, of which Base64 uses four for three.</summary>
    public int MaximumBytes => queue.MessageMaxBytes / 4 * 3;

    public async ValueTask PublishAsync(ResultMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Content.Length > MaximumBytes)
        {
            throw new ResultMessageTooLargeException(message.Id, message.Content.Length, MaximumBytes);
        }

        await queue.SendMessageAsync(
            BinaryData.FromBytes(message.Content),
            timeToLive: timeToLive == Timeout.InfiniteTimeSpan ? Never : timeToLive,
            cancellationToken: cancellationToken);
    }
}
