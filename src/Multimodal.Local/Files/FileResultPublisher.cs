using System.Globalization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Files;

/// <summary>
/// The queue as a folder, <c>{root}/queues/results</c>: a file for each message, named by its id. A consumer deletes
/// what it has read; a message that is delivered again is the same file.
/// </summary>
internal sealed class FileResultPublisher(string root) : IResultPublisher, IResultRecall
{
    private const string Queues = "queues";
    private const string Ending = ".json";
    private const char Separator = '_';
    private readonly FileBlobStore _store = new(root);

    public async ValueTask PublishAsync(ResultMessage message, CancellationToken cancellationToken = default) =>
        await _store.WriteAsync(
            new BlobPath(Queues, $"{Containers.ResultQueue}/{message.Id.Replace('/', Separator)}{Ending}"), message.Content, WriteCondition.None, cancellationToken);

    public async ValueTask RecallAsync(JobId job, CancellationToken cancellationToken = default)
    {
        var prefix = $"{Containers.ResultQueue}/{job}{Separator}";
        await foreach (var entry in _store.ListAsync(Queues, prefix, cancellationToken))
        {
            // A job's id may be the beginning of another's; behind it stands a revision alone.
            var rest = entry.Path.Name[prefix.Length..];
            if (rest.EndsWith(Ending, StringComparison.Ordinal)
                && int.TryParse(rest.AsSpan(0, rest.Length - Ending.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                await _store.DeleteAsync(entry.Path, cancellationToken);
            }
        }
    }
}
