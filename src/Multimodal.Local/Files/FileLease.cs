using System.Security.Cryptography;

namespace Multimodal.Local.Files;

/// <summary>
/// A lock file that goes when it is given back. Between another's opening of the file and its lock, the holder may have deleted it: what
/// is locked then is a file without a name, beside which a third may lock a new one. So who locks it gives it a time drawn at random, and
/// holds the lease only where the file under that name has that time; to read a word in it, the lock would have to be given up.
/// </summary>
internal sealed class FileLease : IAsyncDisposable
{
    // Whole pairs of seconds, which every file system keeps.
    private static readonly DateTime FirstTime = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly string _path;
    private FileStream? _file;

    private FileLease(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>The lease of a file that is locked; null, and the file closed, where it is under that name no more.</summary>
    public static FileLease? TryTake(string path, FileStream file)
    {
        // There a file that somebody has open keeps its name.
        if (OperatingSystem.IsWindows())
        {
            return new FileLease(path, file);
        }

        File.SetLastWriteTimeUtc(file.SafeFileHandle, FirstTime.AddSeconds(2 * RandomNumberGenerator.GetInt32(int.MaxValue / 4)));
        if (File.GetLastWriteTimeUtc(path) == File.GetLastWriteTimeUtc(file.SafeFileHandle))
        {
            return new FileLease(path, file);
        }

        file.Dispose();
        return null;
    }

    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _file, null) is { } file)
        {
            // While it is locked, so that it is this file and no later one; where the system refuses that, it is deleted when it is free.
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(_path);
            }

            file.Dispose();
            if (OperatingSystem.IsWindows())
            {
                TryDelete();
            }
        }

        return ValueTask.CompletedTask;
    }

    private void TryDelete()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another has it by now.
        }
    }
}
