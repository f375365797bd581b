namespace Multimodal.Local.Hub.Answers;

/// <summary>A file in the hub's answer.</summary>
/// <param name="RFilename">Its path.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="BlobId">The id of its git blob; of a large file that of the pointer to it.</param>
/// <param name="Lfs">Where it is a large file.</param>
internal sealed record FileAnswer(string? RFilename = null, long? Size = null, string? BlobId = null, LargeFileAnswer? Lfs = null);
