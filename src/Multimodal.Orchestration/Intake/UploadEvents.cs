using Microsoft.Extensions.Logging;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Intake;

/// <summary>
/// What is done when a blob of the container <c>uploads</c> is created or replaced. The same event may come twice, late,
/// or out of order: what is stored decides, not the event.
/// </summary>
public sealed class UploadEvents(
    InputStore inputs,
    JobRecords records,
    JobManifests manifests,
    JobStarter starter,
    JobLauncher launcher,
    UploadIntake intake,
    InputRetake retake,
    NameRefusal names,
    Tombstones tombstones,
    IJobEngine engine,
    HostSettings settings,
    InputLimits limits,
    TimeProvider time,
    ILogger<UploadEvents> logger)
{
    /// <summary>An input was uploaded: takes it in, and starts or wakes its job. <c>job.json</c> is left to <see cref="OnManifestAsync"/>.</summary>
    /// <param name="blobName">The blob's full name within the container: <c>{jobId}/{fileName}</c>.</param>
    /// <param name="cancellationToken">Ends the attempt; the event should then come again.</param>
    public Task OnUploadAsync(string blobName, CancellationToken cancellationToken) =>
        HandleAsync(blobName, name => name.IsManifest ? Task.CompletedTask : TakeInAsync(name.Job!.Value, name.File, cancellationToken), cancellationToken);

    /// <summary>A <c>job.json</c> was uploaded: the job starts with its options, or goes on under them.</summary>
    /// <param name="blobName">The blob's full name within the container: <c>{jobId}/job.json</c>.</param>
    /// <param name="cancellationToken">Ends the attempt; the event should then come again.</param>
    public Task OnManifestAsync(string blobName, CancellationToken cancellationToken) =>
        HandleAsync(blobName, name => name.IsManifest ? ApplyManifestAsync(name.Job!.Value, cancellationToken) : Task.CompletedTask, cancellationToken);

    /// <summary>An upload's processing failed at every attempt: marks it failed, so that its job goes on without it.</summary>
    /// <remarks>The upload stays; a further event, a rerun of the job, or the file sent again takes it in once more.</remarks>
    /// <param name="blobName">The blob's full name within the container.</param>
    /// <param name="reason">What was said at the last attempt.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public Task OnPoisonAsync(string blobName, string reason, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return HandleAsync(blobName, name => GiveUpAsync(name, reason, cancellationToken), cancellationToken);
    }

    private async Task HandleAsync(string blobName, Func<UploadName, Task> handleAsync, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(blobName);
        var name = UploadName.Parse(blobName);
        try
        {
            await (name.Fault is { } fault ? names.RefuseAsync(blobName, name, fault, cancellationToken) : handleAsync(name));
        }
        catch (Exception e) when (e is JobErasedException or JobNotFoundException)
        {
            // An event that comes late for an erased job, or somebody who still sends to it.
            if (!await tombstones.ExistsAsync(name.Job!.Value, cancellationToken))
            {
                throw;
            }

            await inputs.DeleteUploadAsync(name.Job.Value, name.File, cancellationToken);
            Log.UploadOfErasedJob(logger, name.Job.Value);
        }
    }

    private async Task TakeInAsync(JobId job, string name, CancellationToken cancellationToken)
    {
        // Looked at first: an event for what was deleted since must not bring its job to life.
        if (await inputs.FindUploadAsync(job, name, cancellationToken) is not { } upload)
        {
            return;
        }

        var record = await EnsureRecordAsync(job, cancellationToken);
        if (await IsLeftToBatchAsync(record, name, upload, cancellationToken))
        {
            return;
        }

        InputReceipt? receipt;
        string digest;
        do
        {
            digest = record.PipelineDigest;
            receipt = await intake.TakeInAsync(record, name, cancellationToken);

            // Read again, since the job may have been closed or given another pipeline meanwhile.
            record = await records.GetAsync(job, cancellationToken);
        }
        while (record.PipelineDigest != digest);

        if (record.State == JobState.Closed && receipt is not null && !record.Inputs.Contains(receipt.Input))
        {
            Log.InputLate(logger, job, LoggedName.Of(job, name));
        }

        await launcher.LaunchAsync(record, cancellationToken);
    }

    // What a batch copies its jobs take in themselves, at once; only where nothing has become of it for long is it taken for lost.
    private async ValueTask<bool> IsLeftToBatchAsync(JobRecord record, string name, BlobEntry upload, CancellationToken cancellationToken) =>
        record is { Batch: not null, State: JobState.Open }
        && upload.LastModified > time.GetUtcNow() - settings.EventPatience
        && record.Options.Inputs?.Contains(name, StringComparer.Ordinal) == true
        && await inputs.FindReceiptAsync(record.JobId, name, cancellationToken) is null;

    private async Task<JobRecord> EnsureRecordAsync(JobId job, CancellationToken cancellationToken)
    {
        if (await records.FindAsync(job, cancellationToken) is { } existing)
        {
            return existing;
        }

        var manifest = await manifests.FindAsync(job, cancellationToken);
        return await starter.EnsureRecordAsync(
            job, manifest?.Options, manifest?.Options is null ? null : manifest.ETag, cancellationToken);
    }

    private async Task ApplyManifestAsync(JobId job, CancellationToken cancellationToken)
    {
        if (await manifests.FindAsync(job, cancellationToken) is not { } manifest)
        {
            return;
        }

        if (manifest.Options is not { } options)
        {
            var error = InputErrors.BadManifest(manifest.Fault!.Message);
            Log.ManifestRefused(logger, job);
            await inputs.QuarantineAsync(
                job, InputName.Manifest, manifest.Content.IsEmpty ? null : manifest.Content, error, cancellationToken);
            return;
        }

        var before = await starter.EnsureRecordAsync(job, options, manifest.ETag, cancellationToken);
        var record = await starter.AmendAsync(job, options, manifest.ETag, cancellationToken);
        if (record.Revision == before.Revision && record.StartedAt != before.StartedAt)
        {
            // It waits for what the old options named; started anew it waits for what these name.
            await engine.StopAsync(job, cancellationToken);
        }

        if (record.State == JobState.Open)
        {
            await retake.RetakeOfOtherPipelinesAsync(record, cancellationToken);
            await launcher.LaunchAsync(record, cancellationToken);
        }
    }

    private async Task EnsureReadableAsync(JobId job, string name, BlobEntry upload, CancellationToken cancellationToken)
    {
        if (upload.Length <= limits.MaximumBytes)
        {
            try
            {
                await inputs.ReadUploadAsync(job, name, cancellationToken);
            }
            catch (BlobDamagedException)
            {
                // No key will mend it.
            }
        }
    }

    private async Task GiveUpAsync(UploadName name, string reason, CancellationToken cancellationToken)
    {
        var job = name.Job!.Value;
        if (await inputs.FindUploadAsync(job, name.File, cancellationToken) is not { } upload)
        {
            return;
        }

        // What only waits for its key is not given up: this throws, and the upload is found again by the sweep.
        await EnsureReadableAsync(job, name.File, upload, cancellationToken);
        var error = InputErrors.Failed(name.File, reason);
        Log.InputFailed(logger, job, LoggedName.Of(job, name.File));
        if (name.IsManifest)
        {
            await inputs.QuarantineAsync(job, name.File, content: null, error, cancellationToken);
            return;
        }

        var record = await EnsureRecordAsync(job, cancellationToken);
        var receipt = new InputReceipt
        {
            Input = new InputIdentity(name.File, upload.ETag),
            State = InputState.Failed,
            PipelineDigest = record.PipelineDigest,
            Error = error,
        };

        // What was processed after all, by an attempt that was only slow, is left.
        var known = await inputs.FindReceiptAsync(job, name.File, cancellationToken);
        if (known is null || known.Input != receipt.Input || known.PipelineDigest != receipt.PipelineDigest)
        {
            await inputs.WriteReceiptAsync(job, receipt, cancellationToken);
        }

        await launcher.LaunchAsync(await records.GetAsync(job, cancellationToken), cancellationToken);
    }
}
