using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Multimodal.Http.Problems;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Submission;

/// <summary>What a part of a submission is, by its Content-Disposition.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="File">The file's name; null where the part is no file.</param>
internal sealed record PartName(string Field, string? File)
{
    private const string OptionsField = "job";

    /// <summary>Whether it is the job's options, sent as a field or as a file.</summary>
    public bool IsOptions => Field is OptionsField or InputName.Manifest || File == InputName.Manifest;

    /// <summary>Whether it is the job's id.</summary>
    public bool IsJobId => Field == "jobId" && File is null;

    /// <summary>How it is named in messages.</summary>
    public string Name => string.IsNullOrEmpty(File) ? Field : File;

    /// <exception cref="RequestException">The part has no usable Content-Disposition.</exception>
    public static PartName Of(MultipartSection section)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
            || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw RequestException.BadMultipart("a part has no Content-Disposition of form-data.");
        }

        // filename* is decoded; filename is in quotes, as it was sent.
        var file = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        return new PartName(Unquote(disposition.Name) ?? "", Unquote(file));
    }

    private static string? Unquote(Microsoft.Extensions.Primitives.StringSegment text) =>
        text.HasValue ? HeaderUtilities.UnescapeAsQuotedString(text).ToString() : null;
}
