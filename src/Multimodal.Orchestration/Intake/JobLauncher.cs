using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>Starts an open job whose inputs changed, and then wakes it. Repeated it is harmless.</summary>
public sealed class JobLauncher(JobStarter starter, IJobEngine engine, InputStore inputs)
{
    /// <summary>
    /// Starts the orchestration, since it may be new or its start may have been lost, and wakes it: where the job names its
    /// inputs only when something became of each of them, else always.
    /// </summary>
    /// <param name="record">The record, read after the inputs were changed. A closed one is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task LaunchAsync(JobRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.State == JobState.Closed)
        {
            return;
        }

        var complete = record.Options.Inputs is { } names && await AreThereAsync(record.JobId, names, cancellationToken);

        // Started before it is woken: an engine drops an event whose job it does not know.
        await starter.StartAsync(record, complete, cancellationToken);
        if (complete || record.Options.Inputs is null)
        {
            await engine.WakeAsync(record.JobId, cancellationToken);
        }
    }

    // By their names alone, in one listing: whether a receipt is that of the current version, the orchestration looks at.
    private async Task<bool> AreThereAsync(JobId job, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var there = await inputs.ListReceiptNamesAsync(job, cancellationToken).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        return there.IsSupersetOf(names);
    }
}
