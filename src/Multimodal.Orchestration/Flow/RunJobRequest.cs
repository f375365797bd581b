using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Flow;

/// <summary>What a run of the orchestration is started with.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Revision">Which revision of it.</param>
/// <param name="Complete">Whether every input is known to be there, so that there is nothing to wait for.</param>
/// <param name="Named">Whether the job names the inputs to wait for; else it waits for a quiet period.</param>
/// <param name="QuietSeconds">The quiet period, in seconds.</param>
/// <param name="Deadline">When waiting ends in any case. Kept from the start, so that a run begun anew does not wait anew.</param>
/// <param name="StartedAt">The record's own <see cref="JobRecord.StartedAt"/>: tells this run from one under other options.</param>
/// <param name="WakeAt">When to look at the store next, where the run goes on after it waited before; null at its start.</param>
/// <param name="Looks">How often the store was looked at in vain so far: the waits between looks grow with it.</param>
public sealed record RunJobRequest(
    JobId JobId,
    int Revision,
    bool Complete,
    bool Named,
    double QuietSeconds,
    DateTimeOffset Deadline,
    DateTimeOffset StartedAt = default,
    DateTimeOffset? WakeAt = null,
    int Looks = 0);
