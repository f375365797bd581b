using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Storage;

/// <summary>The mark of a revision that is open.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Resumed">How often it was resumed since it was opened.</param>
/// <param name="Since">When it was opened, or last resumed.</param>
public sealed record OpenMark(JobId JobId, int Revision, int Resumed, DateTimeOffset Since);
