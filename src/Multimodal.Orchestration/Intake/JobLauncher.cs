using System.Collections.Frozen;
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
    public Task LaunchAsync(JobRecord record, CancellationToken cancellationToken) => LaunchAsync(record, FrozenSet<string>.Empty, cancellationToken);

    /// <inheritdoc cref="LaunchAsync(JobRecord, CancellationToken)"/>
    /// <param name="record">The record, read after the inputs were changed. A closed one is left.</param>
    /// <param name="known">Inputs that were just taken in for the record's pipeline.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task LaunchAsync(JobRecord record, IReadOnlySet<string> known, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.State == JobState.Closed)
        {
            return;
        }

        var complete = record.Options.Inputs is { } names && (known.IsSupersetOf(names) || await AreThereAsync(record, names, cancellationToken));

        // Started before it is woken: an engine drops an event whose job it does not know.
        await starter.StartAsync(record, complete, cancellationToken);
        if (complete || record.Options.Inputs is null)
        {
            await engine.WakeAsync(record.JobId, cancellationToken);
        }
    }

    private async Task<bool> AreThereAsync(JobRecord record, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        // By their names first, in one listing: until the last has come that is enough to tell.
        var known = await inputs.ListReceiptNamesAsync(record.JobId, cancellationToken).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
        if (!known.IsSupersetOf(names))
        {
            return false;
        }

        var uploads = await inputs.ListUploadsAsync(record.JobId, cancellationToken)
            .ToDictionaryAsync(upload => upload.Name, upload => upload.Entry.ETag, StringComparer.Ordinal, cancellationToken: cancellationToken);
        foreach (var name in names)
        {
            // One that was replaced since, or is still to be taken in for another pipeline, is yet to come.
            if (await inputs.FindReceiptAsync(record.JobId, name, cancellationToken) is not { } receipt
                || receipt.Input.ETag != uploads.GetValueOrDefault(name, InputIdentity.NotStored)
                || receipt.PipelineDigest != record.PipelineDigest)
            {
                return false;
            }
        }

        return true;
    }
}
