namespace Multimodal.Pipeline.Storage;

/// <summary>The port to the queue <c>results</c>. A message may arrive more than once; its id is then the same.</summary>
public interface IResultPublisher
{
    /// <summary>Puts one message on the queue.</summary>
    ValueTask PublishAsync(ResultMessage message, CancellationToken cancellationToken = default);
}
