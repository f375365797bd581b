using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Multimodal.Http.Problems;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Http.Submission;

/// <summary>
/// Reads a submission as it streams in, part by part. Nothing is stored before all of it is known to be sound, so that a
/// request that breaks off leaves no half of a job.
/// </summary>
internal sealed class SubmissionReader(JobManifests manifests, InputLimits inputLimits, HttpLimits limits)
{
    /// <exception cref="RequestException">The request cannot be read, or is beyond a limit.</exception>
    /// <exception cref="JobOptionsException">The options cannot be used.</exception>
    public async Task<SubmittedJob> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var reader = MultipartBody.Open(request, limits);
        var job = new SubmittedJob();
        try
        {
            await ReadPartsAsync(reader, job, cancellationToken);
            return job.Files.Count > 0 || job.Options.Inputs is { Count: > 0 } ? job : throw RequestException.NoInputs();
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            await job.DisposeAsync();
            throw RequestException.BadMultipart(e);
        }
        catch
        {
            await job.DisposeAsync();
            throw;
        }
    }

    private async Task ReadPartsAsync(MultipartReader reader, SubmittedJob job, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var left = limits.MaximumBodyBytes;
        for (var parts = 1; await reader.ReadNextSectionAsync(cancellationToken) is { } section; parts++)
        {
            if (parts > limits.MaximumParts)
            {
                throw RequestException.TooManyParts(limits.MaximumParts);
            }

            var part = PartName.Of(section);
            var file = await ReadPartAsync(part, section.Body, left, cancellationToken);
            left -= file.Length;
            if (part is { File: not null, IsOptions: false })
            {
                // A form whose file was left open sends a part without name and content.
                if (part.File.Length > 0 || file.Length > 0)
                {
                    job.Files.Add(file);
                    AddName(names, $"file {InputName.Clean(part.File)}", part);
                }

                continue;
            }

            await using (file)
            {
                AddName(names, part.IsOptions ? "options" : $"field {part.Field}", part);
                ReadField(part, await file.ReadAllAsync(cancellationToken), job);
            }
        }
    }

    private Task<SpooledFile> ReadPartAsync(PartName part, Stream body, long left, CancellationToken cancellationToken)
    {
        var limit = part is { File: not null, IsOptions: false } ? inputLimits.MaximumBytes : JobManifests.MaximumBytes;
        (long, Func<RequestException>) refusal = limit <= left
            ? (limit, () => RequestException.PartTooLarge(part.Name, limit))
            : (left, () => RequestException.BodyTooLarge(limits.MaximumBodyBytes));
        return SpooledFile.ReadAsync(part.File ?? "", body, limits.MemoryThreshold, refusal, cancellationToken);
    }

    private static void AddName(HashSet<string> names, string name, PartName part)
    {
        if (!names.Add(name))
        {
            throw RequestException.DuplicateFile(part.Name);
        }
    }

    private void ReadField(PartName part, ReadOnlyMemory<byte> content, SubmittedJob job)
    {
        if (part.IsOptions)
        {
            job.Options = manifests.Parse(content.Span);
            job.Manifest = content;
        }
        else if (part.IsJobId)
        {
            var text = Encoding.UTF8.GetString(content.Span);
            job.JobId = JobId.TryParse(text, out var id) ? id : throw RequestException.BadJobId(text);
        }
        else
        {
            throw RequestException.UnknownField(part.Field);
        }
    }
}
