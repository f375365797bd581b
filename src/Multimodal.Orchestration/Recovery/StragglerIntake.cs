using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Batches.Taking;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Recovery;

/// <summary>
/// Takes in those uploads of a job that no event told of in time, so that a lost event costs no input; and the uploads of a batch's job at
/// once, since all are there and no event is needed.
/// </summary>
public sealed class StragglerIntake(UploadIntake intake, HostSettings settings, TimeProvider time, ILogger<StragglerIntake> logger)
{
    private const int AtOnce = 4;

    // Bounds how long the activity that does this can take; the job looks again.
    private const int AtTheMost = 64;

    // All of a batch's job, for which it would be known only when it looks again.
    private const int AtTheMostOfBatch = BatchPageReader.MostFiles;

    /// <summary>Takes in those uploads that are older than <see cref="HostSettings.EventPatience"/>; one that fails is left for later.</summary>
    /// <param name="record">The job.</param>
    /// <param name="missing">Uploads of which nothing is known.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether any was taken in.</returns>
    public async Task<bool> TakeInAsync(JobRecord record, IEnumerable<BlobEntry> missing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(missing);
        var isOfBatch = record.Batch is not null;
        var before = isOfBatch ? DateTimeOffset.MaxValue : time.GetUtcNow() - settings.EventPatience;
        var taken = 0;
        await Parallel.ForEachAsync(
            missing.Where(upload => upload.LastModified <= before).OrderBy(upload => upload.LastModified).Take(isOfBatch ? AtTheMostOfBatch : AtTheMost),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (upload, token) =>
            {
                var name = upload.Path.Name[(record.JobId.Value.Length + 1)..];
                if (!isOfBatch)
                {
                    Log.EventMissed(logger, record.JobId, LoggedName.Of(record.JobId, name));
                }

                try
                {
                    await intake.TakeInAsync(record, name, token);
                    Interlocked.Increment(ref taken);
                }
                catch (Exception e) when (e is not OperationCanceledException and not JobErasedException)
                {
                    // Its own event, should it come yet, is tried again and given up in its own way.
                    Log.StragglerFailed(logger, LoggedException.Of(e), record.JobId, LoggedName.Of(record.JobId, name));
                }
            });
        return taken > 0;
    }
}
