using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Files;

/// <summary>
/// The queue as a folder, <c>{root}/queues/results</c>: a file for each message, named by its id. A consumer deletes
/// what it has read; a message that is delivered again is the same file.
/// </summary>
internal sealed class FileResultPublisher(string root) : IResultPublisher
{
    private const string Queues = "queues";
    private readonly FileBlobStore _store = new(root);

    public async ValueTask PublishAsync(ResultMessage message, CancellationToken cancellationToken = default) =>
        await _store.WriteAsync(
            new BlobPath(Queues, $"{Containers.ResultQueue}/{message.Id.Replace('/', '_')}.json"), message.Content, WriteCondition.None, cancellationToken);
}
