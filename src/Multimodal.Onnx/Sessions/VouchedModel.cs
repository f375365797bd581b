using Multimodal.Onnx.Format;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Sessions;

/// <summary>
/// Sees to it that what is opened is what was vouched for when its pipeline was loaded, which may be days earlier: a file that somebody
/// exchanged meanwhile is refused. A model is opened from the bytes that were checked, so that nothing can come between; files beside it, and
/// those of which no second copy is to lie in memory, are checked right before ONNX Runtime opens them by their names.
/// </summary>
internal static class VouchedModel
{
    // A larger one would be held three times while it is opened, instead of twice.
    private const long LargestHeld = 256L << 20;

    /// <summary>Checks a model and the files beside it.</summary>
    /// <param name="file">The model.</param>
    /// <param name="holds">Whether its bytes may be given; the device's own caches go by the file's name.</param>
    /// <returns>The model's bytes, checked; null where it is to be opened by its name.</returns>
    /// <exception cref="PipelineException">A file is not the one that was vouched for.</exception>
    public static byte[]? Check(OnnxFile file, bool holds)
    {
        if (file.Hashes is not { } hashes)
        {
            return null;
        }

        foreach (var (beside, hash) in hashes.Where(pair => pair.Key != file.Path))
        {
            FileHash.Require(beside, hash);
        }

        if (!holds || file.ExternalData.Count > 0 || file.Bytes > LargestHeld)
        {
            FileHash.Require(file.Path, hashes[file.Path]);
            return null;
        }

        var bytes = Read(file.Path);
        FileHash.Require(file.Path, bytes, hashes[file.Path]);
        return bytes;
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PipelineException($"{path} is missing.", e);
        }
    }
}
