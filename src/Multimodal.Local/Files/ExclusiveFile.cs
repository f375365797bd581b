namespace Multimodal.Local.Files;

/// <summary>A file that only one holder has open, in this process or another. The system frees it when a process dies.</summary>
internal static class ExclusiveFile
{
    private const int MostDeletions = 10;

    /// <summary>Opens a file, made where it is absent; null where another has it open.</summary>
    public static FileStream? TryOpen(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException) when (File.Exists(path))
            {
                return null;
            }
            catch (IOException) when (attempt < MostDeletions)
            {
                // Its holder deleted it just now.
            }
        }
    }
}
