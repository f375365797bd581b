using System.Text.Json;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>Reads what jobs say for themselves.</summary>
public sealed class JobManifests(InputStore inputs, PipelineCatalog pipelines, HostSettings settings)
{
    /// <summary>The largest <c>job.json</c>, in bytes: room for thousands of names.</summary>
    public const int MaximumBytes = 1 << 20;

    /// <summary>Reads options and checks them.</summary>
    /// <exception cref="JobOptionsException">They are malformed, out of range, or not for the pipeline that they name or mean.</exception>
    /// <exception cref="PipelineException">That pipeline cannot be used.</exception>
    public JobOptions Parse(ReadOnlySpan<byte> json)
    {
        JobOptions options;
        try
        {
            options = JsonSerializer.Deserialize(json, PipelineJson.Default.JobOptions) ?? new JobOptions();
        }
        catch (JsonException e)
        {
            throw JobOptionsException.Malformed(e);
        }

        Check(options);
        return options;
    }

    /// <summary>Checks options.</summary>
    /// <exception cref="JobOptionsException">They are out of range, or not for the pipeline that they name or mean.</exception>
    /// <exception cref="PipelineException">That pipeline cannot be used.</exception>
    public void Check(JobOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        JobOptionsException.ThrowIfInvalid(options);
        JobOptionsException.ThrowIfUnknown(options.Pipeline, pipelines.Repository);
        JobOptionsException.ThrowIfUnfit(options, pipelines.Get(options.Pipeline ?? settings.DefaultPipeline));
    }

    /// <summary>A job's current <c>job.json</c>; null where there is none.</summary>
    internal async Task<JobManifest?> FindAsync(JobId job, CancellationToken cancellationToken)
    {
        if (await inputs.FindUploadAsync(job, InputName.Manifest, cancellationToken) is not { } entry)
        {
            return null;
        }

        if (entry.Length > MaximumBytes)
        {
            return new JobManifest(entry.ETag, default, null, JobOptionsException.TooLarge(entry.Length, MaximumBytes));
        }

        if (await inputs.ReadUploadAsync(job, InputName.Manifest, cancellationToken) is not { } blob)
        {
            return null;
        }

        try
        {
            return new JobManifest(blob.ETag, blob.Content, Parse(blob.Content.Span), null);
        }
        catch (JobOptionsException e)
        {
            return new JobManifest(blob.ETag, blob.Content, null, e);
        }
    }
}
