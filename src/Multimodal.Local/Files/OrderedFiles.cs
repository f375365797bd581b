using System.IO.Enumeration;

namespace Multimodal.Local.Files;

/// <summary>
/// Goes through the files below a folder in the ordinal order of their blob names, from any name on. A file system knows no order, so each
/// folder on the way is read whole, names alone; but no more of them are held than are asked for, whatever their number.
/// </summary>
internal sealed class OrderedFiles(string top, string prefix, string? after, int atOnce)
{
    private static readonly EnumerationOptions Everything = new() { IgnoreInaccessible = true, AttributesToSkip = 0, MatchType = MatchType.Simple };
    private static readonly Comparer<string> Largest = Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a));

    /// <summary>The blob names after the given one that begin with the prefix, each with its file.</summary>
    public IEnumerable<(string Name, string File)> Read() => Below("", "");

    private IEnumerable<(string Name, string File)> Below(string folder, string blobPrefix)
    {
        for (string? done = null; ;)
        {
            var children = FindNext(folder, blobPrefix, done);
            foreach (var child in children)
            {
                if (!child.IsFolder)
                {
                    yield return (child.Key, Path.Combine(top, child.Path));
                    continue;
                }

                foreach (var found in Below(child.Path, child.Key))
                {
                    yield return found;
                }
            }

            if (children.Count < atOnce)
            {
                yield break;
            }

            done = children[^1].Key;
        }
    }

    // The next of a folder's children: a folder is sorted as the beginning that the names below it have in common.
    private List<Child> FindNext(string folder, string blobPrefix, string? done)
    {
        var next = new PriorityQueue<Child, string>(Largest);
        foreach (var child in ChildrenOf(folder))
        {
            if (!child.Key.StartsWith(blobPrefix, StringComparison.Ordinal)
                || (done is not null && string.CompareOrdinal(child.Key, done) <= 0)
                || !IsWanted(child)
                || (next.Count == atOnce && string.CompareOrdinal(child.Key, next.Peek().Key) >= 0))
            {
                continue;
            }

            next.Enqueue(child, child.Key);
            if (next.Count > atOnce)
            {
                next.Dequeue();
            }
        }

        return [.. next.UnorderedItems.Select(item => item.Element).OrderBy(child => child.Key, StringComparer.Ordinal)];
    }

    private bool IsWanted(Child child) => child.IsFolder
        ? (child.Key.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(child.Key, StringComparison.Ordinal))
            && (after is null || after.StartsWith(child.Key, StringComparison.Ordinal) || string.CompareOrdinal(child.Key, after) > 0)
        : child.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(child.Key, after) > 0;

    private IEnumerable<Child> ChildrenOf(string folder)
    {
        IEnumerable<(string Name, bool IsFolder)> entries;
        try
        {
            entries = new FileSystemEnumerable<(string, bool)>(
                Path.Combine(top, folder), (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory), Everything);
        }
        catch (DirectoryNotFoundException)
        {
            // There is none, or a delete beside this took it away because it was empty.
            yield break;
        }

        foreach (var (name, isFolder) in entries)
        {
            var path = Path.Combine(folder, name);
            var key = path.Contains('%', StringComparison.Ordinal) ? BlobFileNames.ToName(path) : path.Replace(Path.DirectorySeparatorChar, '/');
            if (!isFolder)
            {
                yield return new Child(key, path, false);
                continue;
            }

            yield return new Child($"{key}/", path, true);

            // Below a folder whose name is encoded there may lie files whose names stand for themselves, that of the folder with them.
            if (path.Replace(Path.DirectorySeparatorChar, '/') is var literal && literal != key)
            {
                yield return new Child($"{literal}/", path, true);
            }
        }
    }

    /// <param name="Key">The blob name, or what those below the folder begin with.</param>
    /// <param name="Path">Where it lies, below the top.</param>
    /// <param name="IsFolder">Whether it is a folder.</param>
    private readonly record struct Child(string Key, string Path, bool IsFolder);
}
