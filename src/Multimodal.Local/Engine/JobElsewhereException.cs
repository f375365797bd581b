using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Engine;

/// <summary>Another process that had the job has ended it.</summary>
internal sealed class JobElsewhereException(JobId job) : Exception($"The job '{job}' was ended by another process.");
