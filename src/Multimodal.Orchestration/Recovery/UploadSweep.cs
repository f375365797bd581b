using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Orchestration.Recovery;

/// <summary>Finds the uploads that no event told of, and tells of them. Repeated it is harmless.</summary>
public sealed class UploadSweep(MissedUploads missed, UploadEvents events, TimeProvider time, ILogger<UploadSweep> logger)
{
    private const int AtOnce = 4;

    /// <summary>Goes once through all uploads.</summary>
    /// <param name="patience">How old an upload must be: the event of a younger one may be on its way.</param>
    /// <param name="cancellationToken">Ends the sweep.</param>
    /// <returns>How many uploads were told of; one that fails is left for the next sweep.</returns>
    public async Task<int> RunAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var told = 0;
        await Parallel.ForEachAsync(
            missed.FindAsync(time.GetUtcNow() - patience, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (upload, token) =>
            {
                if (await TellAsync(upload.Path.Name, token))
                {
                    Interlocked.Increment(ref told);
                }
            });
        return told;
    }

    private async Task<bool> TellAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            // Each leaves to the other what is not its own.
            await events.OnManifestAsync(name, cancellationToken);
            await events.OnUploadAsync(name, cancellationToken);
            Log.UploadFound(logger, LoggedName.Of(name));
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.UploadNotTakenIn(logger, LoggedException.Of(e), LoggedName.Of(name));
            return false;
        }
    }
}
