namespace Multimodal.Pipeline.Models;

/// <summary>Follows links, those of folders on the way among them.</summary>
internal static class RealPath
{
    // As many as operating systems follow.
    private const int MaximumLinks = 40;

    /// <summary>Where a path leads in the end; what is not there leads to itself.</summary>
    /// <param name="path">An absolute path.</param>
    /// <exception cref="PipelineException">Links lead in a circle.</exception>
    public static string Of(string path)
    {
        var left = MaximumLinks;
        return Follow(path, ref left);
    }

    private static string Follow(string path, ref int left)
    {
        var current = Path.GetPathRoot(path)!;
        foreach (var part in path[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var parent = current;
            current = Path.Combine(parent, part);
            FileSystemInfo entry = Directory.Exists(current) ? new DirectoryInfo(current) : new FileInfo(current);
            if (entry.LinkTarget is { } target)
            {
                current = left-- > 0
                    ? Follow(Path.GetFullPath(target, parent), ref left)
                    : throw new PipelineException($"{path} leads from link to link without an end.");
            }
        }

        return current;
    }
}
