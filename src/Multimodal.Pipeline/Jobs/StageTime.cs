namespace Multimodal.Pipeline.Jobs;

/// <summary>The time that a stage took.</summary>
/// <param name="Stage"><c>preprocess</c>, <c>encode</c>, <c>fuse</c> or <c>execute</c>.</param>
/// <param name="Milliseconds">Its wall time, summed over the inputs for stages that work on one at a time.</param>
/// <param name="Modality">The modality it belongs to, where it belongs to one.</param>
/// <param name="StartedAt">
/// When its first work began; before the job was asked for where an earlier revision's work was found. Null where that is not known.
/// </param>
public sealed record StageTime(string Stage, double Milliseconds, Modality? Modality = null, DateTimeOffset? StartedAt = null);
