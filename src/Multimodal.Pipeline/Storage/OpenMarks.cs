using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Storage;

/// <summary>
/// The marks of open revisions: an index that finds them without reading every record there ever was. A mark without an
/// open revision is possible after a crash, an open revision without its mark is not.
/// </summary>
public sealed class OpenMarks
{
    private readonly IBlobStore _store;

    /// <summary>Keeps marks in a store.</summary>
    public OpenMarks(IBlobStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
    }

    /// <summary>Marks a revision as open.</summary>
    /// <param name="job">The job.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public ValueTask PlaceAsync(JobId job, int revision, CancellationToken cancellationToken = default) =>
        WriteAsync(job, revision, 0, cancellationToken);

    /// <summary>Notes that a revision was resumed once more; the mark is then as if made now.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public ValueTask NoteResumedAsync(OpenMark mark, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return WriteAsync(mark.JobId, mark.Revision, mark.Resumed + 1, cancellationToken);
    }

    /// <summary>Takes a mark away.</summary>
    /// <param name="job">The job.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async ValueTask RemoveAsync(JobId job, int revision, CancellationToken cancellationToken = default) =>
        await _store.DeleteAsync(JobPaths.OpenMark(job, revision), cancellationToken);

    /// <summary>The marks that were made, or resumed, before a time.</summary>
    /// <param name="before">The time.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public async IAsyncEnumerable<OpenMark> ListAsync(
        DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entry in _store.ListAsync(Containers.Open, "", cancellationToken))
        {
            if (entry.LastModified <= before
                && JobPaths.TryGetOpenRevision(entry.Path, out var job, out var revision)
                && await _store.ReadAsync(entry.Path, cancellationToken) is { } blob)
            {
                _ = int.TryParse(blob.Content.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var resumed);
                yield return new OpenMark(job, revision, resumed, entry.LastModified);
            }
        }
    }

    private async ValueTask WriteAsync(JobId job, int revision, int resumed, CancellationToken cancellationToken) =>
        await _store.WriteAsync(
            JobPaths.OpenMark(job, revision),
            Encoding.ASCII.GetBytes(resumed.ToString(CultureInfo.InvariantCulture)),
            WriteCondition.None,
            cancellationToken);
}
