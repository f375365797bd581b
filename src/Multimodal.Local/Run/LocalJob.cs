using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Run;

/// <summary>A job on disk.</summary>
/// <param name="Id">Its id, made of the folder's name.</param>
/// <param name="Files">Its inputs.</param>
/// <param name="Manifest">Its <c>job.json</c>, or null.</param>
internal sealed record LocalJob(JobId Id, IReadOnlyList<FileInfo> Files, FileInfo? Manifest);
