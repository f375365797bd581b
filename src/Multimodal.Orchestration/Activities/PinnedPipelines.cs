using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Orchestration.Activities;

/// <summary>Finds the pipeline that a revision began with.</summary>
internal static class PinnedPipelines
{
    /// <summary>The pipeline that the record names.</summary>
    /// <exception cref="PipelineException">This host has another version of it.</exception>
    public static LoadedPipeline GetPinned(this PipelineCatalog pipelines, JobRecord record)
    {
        var pipeline = pipelines.Get(record.Pipeline);
        return pipeline.Digest == record.PipelineDigest
            ? pipeline
            : throw new PipelineException(
                $"The job '{record.JobId}' began with the pipeline '{record.Pipeline}' of digest {record.PipelineDigest}, " +
                $"this host has {pipeline.Digest}. Run the job again for the new version, or deploy the old one.");
    }
}
