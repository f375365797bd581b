using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Intake;

/// <summary>A blob of the container <c>uploads</c> by the rules for its name, <c>{jobId}/{fileName}</c>.</summary>
/// <param name="Job">The job; null where the name belongs to none.</param>
/// <param name="File">The file name within the job, or the whole name where it belongs to none.</param>
/// <param name="Fault">Why the name is refused, or null.</param>
internal sealed record UploadName(JobId? Job, string File, string? Fault)
{
    /// <summary>Whether it is the job's own settings.</summary>
    public bool IsManifest => Job is not null && File == InputName.Manifest;

    public static UploadName Parse(string blobName)
    {
        var slash = blobName.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return new UploadName(null, blobName, "it lies in no job's folder; an upload is named {jobId}/{fileName}");
        }

        if (!JobId.TryParse(blobName[..slash], out var job))
        {
            return new UploadName(
                null, blobName, "its folder is not a job id; use 1 to 64 letters, digits, '.', '_' or '-', beginning with a letter or digit");
        }

        var file = blobName[(slash + 1)..];
        return new UploadName(job, file, file == InputName.Manifest ? null : InputName.FindFault(file));
    }
}
