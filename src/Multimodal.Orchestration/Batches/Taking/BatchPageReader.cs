using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Batches.Taking;

/// <summary>
/// Reads the next page of a batch from the listing of its container. The blobs of a folder lie side by side in the listing; where they go
/// on beyond its end the folder is listed by itself, and what of it comes with the next part is passed over.
/// </summary>
internal sealed class BatchPageReader(IBlobStore store, InputLimits limits)
{
    /// <summary>The most blobs of a folder that becomes a job.</summary>
    public const int MostFiles = 256;

    private const int LargestPart = 5_000;
    private const int SmallestPart = 200;
    private const int BlobsOfAFolder = 8;

    public async Task<BatchPage> ReadAsync(BatchRecord batch, int jobs, CancellationToken cancellationToken)
    {
        var specification = batch.Specification;
        var isByFolder = specification.GroupBy == BatchGrouping.Folder;
        var count = isByFolder ? Math.Clamp(jobs * BlobsOfAFolder, SmallestPart, LargestPart) : Math.Min(jobs, LargestPart);
        var part = await store.ListPageAsync(specification.Container, specification.Prefix, batch.Cursor.Continuation, count, cancellationToken);
        var groups = new List<BatchGroup>();
        var at = FirstNew(part.Entries, batch.Cursor.After);
        string? open = null;
        while (at < part.Entries.Count && groups.Count < jobs)
        {
            var name = part.Entries[at].Path.Name;
            var folder = isByFolder ? FolderOf(specification.Base, name) : null;
            if (folder is null)
            {
                groups.Add(isByFolder ? Misplaced(name) : Single(specification.Base, part.Entries[at]));
                at++;
                open = name;
                continue;
            }

            var begun = at;
            while (at < part.Entries.Count && part.Entries[at].Path.Name.StartsWith(folder, StringComparison.Ordinal))
            {
                at++;
            }

            var blobs = part.Entries.Skip(begun).Take(at - begun);
            groups.Add(Gather(
                specification.Base,
                folder,
                at == part.Entries.Count && part.Continuation is not null
                    ? await store.ListAsync(specification.Container, folder, cancellationToken).Take(MostFiles + 1).ToListAsync(cancellationToken)
                    : [.. blobs.Take(MostFiles + 1)]));
            open = folder;
        }

        // What the next part begins with may still be of the last folder of this one.
        return at < part.Entries.Count ? new BatchPage(groups, batch.Cursor with { After = open }, 0, false)
            : new BatchPage(groups, new BatchCursor(part.Continuation, open ?? batch.Cursor.After), part.Entries.Count, part.Continuation is null);
    }

    private static int FirstNew(IReadOnlyList<BlobEntry> entries, string? after)
    {
        if (after is null)
        {
            return 0;
        }

        var at = 0;
        while (at < entries.Count
            && (string.CompareOrdinal(entries[at].Path.Name, after) <= 0
                || (after.EndsWith('/') && entries[at].Path.Name.StartsWith(after, StringComparison.Ordinal))))
        {
            at++;
        }

        return at;
    }

    /// <summary>What the names of a blob's folder begin with; null where it lies in none.</summary>
    private static string? FolderOf(string @base, string name) =>
        name.IndexOf('/', @base.Length) is var slash && slash > @base.Length ? name[..(slash + 1)] : null;

    private static BatchGroup Misplaced(string name) => Refused(
        name, BatchCodes.Misplaced, "It lies in no folder; with groupBy \"folder\" each folder under the prefix becomes a job.");

    private BatchGroup Single(string @base, BlobEntry entry)
    {
        var name = entry.Path.Name;
        var file = name[(name.LastIndexOf('/') + 1)..];
        return FindFault(file, entry) is { } error
            ? Refused(name, error.Code, error.Message)
            : new BatchGroup { Name = name, Key = name[@base.Length..], Files = [new BatchFile(file, entry.Path)] };
    }

    private BatchGroup Gather(string @base, string folder, List<BlobEntry> entries)
    {
        var name = folder[..^1];
        if (entries.Count > MostFiles)
        {
            return Refused(folder, BatchCodes.TooMany, $"It has more than {MostFiles} blobs; a job of a batch has as many at the most.");
        }

        var files = new List<BatchFile>();
        var bad = new List<(string, InputError)>();
        BlobPath? manifest = null;
        foreach (var entry in entries)
        {
            var file = entry.Path.Name[folder.Length..];
            if (file == InputName.Manifest)
            {
                manifest = entry.Path;
            }
            else if (file.Length > 0 && FindFault(file, entry) is { } error)
            {
                bad.Add((InputName.Clean(file), error));
            }
            else if (file.Length > 0)
            {
                files.Add(new BatchFile(file, entry.Path));
            }
        }

        return files.Count == 0
            ? Refused(folder, BatchCodes.NoInputs, bad.Count == 0 ? "It has no blob that could be an input." : $"It has no blob that could be an input: {bad[0].Item2.Message}")
            : new BatchGroup { Name = name, Key = name[@base.Length..], Files = files, Manifest = manifest, Bad = bad };
    }

    private InputError? FindFault(string file, BlobEntry entry) =>
        file.Contains('/', StringComparison.Ordinal)
            ? new InputError(BatchCodes.Misplaced, $"'{file}' lies in a folder of the job's folder.", "Put the inputs of a job side by side.")
        : InputName.FindFault(file) is { } fault
            ? new InputError(InputErrorCodes.BadName, $"'{file}' cannot be an input: {fault}.", "Rename the blob.")
        : entry.Length == 0
            ? new InputError(InputErrorCodes.Empty, $"'{file}' has no content.", "Send a file with content.")
        : entry.Length > limits.MaximumBytes
            ? new InputError(InputErrorCodes.TooLarge, $"'{file}' has {entry.Length:N0} bytes; the limit is {limits.MaximumBytes:N0}.", "Send a smaller file, or raise the limit of bytes.")
        : null;

    private static BatchGroup Refused(string name, string code, string message) =>
        new() { Name = name, Key = "", Fault = new BatchRefusal(name, code, message) };
}
