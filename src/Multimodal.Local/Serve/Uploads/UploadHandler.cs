using Microsoft.Extensions.Logging;
using Multimodal.Local.Engine;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Serve.Uploads;

/// <summary>
/// Tells of one upload, as the cloud's triggers do: what fails is tried again after ever longer pauses, and after five failures given up
/// in such a way that its job goes on without it, unless it only waits for an encryption key.
/// </summary>
internal sealed class UploadHandler(UploadEvents events, InputStore inputs, UploadLedger ledger, ILogger<UploadHandler> logger)
{
    private const int MaximumFailures = 5;
    private const string Manifest = $"/{InputName.Manifest}";
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Takes an upload in, or puts it off. It throws nothing.</summary>
    public async Task HandleAsync(PendingUpload pending, CancellationToken cancellationToken)
    {
        var name = pending.Entry.Path.Name;
        using var span = EngineTelemetry.Source.StartActivity("TakeInUpload");
        try
        {
            var outcome = await TellAsync(pending, cancellationToken);
            ledger.Complete(pending);
            Count(outcome);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ledger.PutOff(pending, TimeSpan.Zero);
        }
        catch (Exception e)
        {
            var pause = Min(FirstPause * Math.Pow(2, pending.Failures), LongestPause);

            // What waits for its key is never given up.
            pending.Failures = e is BlobKeyException ? Math.Min(pending.Failures + 1, MaximumFailures - 1) : pending.Failures + 1;
            ledger.PutOff(pending, pause);
            Log.UploadPutOff(logger, LoggedException.Of(e), LoggedName.Of(name), pending.Failures, pause);
            Count("failed");
        }
    }

    private async Task<string> TellAsync(PendingUpload pending, CancellationToken cancellationToken)
    {
        var name = pending.Entry.Path.Name;
        if (pending.Failures >= MaximumFailures)
        {
            await events.OnPoisonAsync(name, $"its processing failed {MaximumFailures} times in a row for a reason outside the file", cancellationToken);
            return "given up";
        }

        // Only at first: where an attempt failed, its receipt may stand and its job not be started.
        if (pending.Failures == 0 && await IsTakenInAsync(pending.Entry, cancellationToken))
        {
            return "known";
        }

        await (name.EndsWith(Manifest, StringComparison.Ordinal)
            ? events.OnManifestAsync(name, cancellationToken)
            : events.OnUploadAsync(name, cancellationToken));
        return "taken in";
    }

    // What came over HTTP, or before a restart. Told by the version, not by times, which a file brings with it.
    private async Task<bool> IsTakenInAsync(BlobEntry upload, CancellationToken cancellationToken) =>
        upload.Path.Name.Split('/') is [var folder, var file]
        && JobId.TryParse(folder, out var job)
        && InputName.FindFault(file) is null
        && await inputs.FindReceiptAsync(job, file, cancellationToken) is { State: not InputState.Failed } receipt
        && receipt.Input.ETag == upload.ETag;

    private static void Count(string outcome) => EngineTelemetry.Uploads.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
