using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Engine;

/// <summary>Another process has the job.</summary>
internal sealed class JobLeasedException(JobId job) : Exception($"The job '{job}' is being run by another process.");
