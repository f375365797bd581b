using Multimodal.Orchestration.Activities;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Testing.Jobs;

/// <summary>Runs activities without an engine.</summary>
public static class ActivityRuns
{
    /// <summary>Runs every activity in its order, as the orchestration would for a job whose inputs are all there.</summary>
    public static async Task RunAllAsync(this JobActivityServices activities, JobRecord record, CancellationToken cancellationToken)
    {
        var (job, revision) = (record.JobId, record.Revision);
        var listing = await activities.ListInputs.RunAsync(new ListRequest(job, revision), cancellationToken);
        var encoded = new List<EncodeReport>();
        foreach (var modality in listing.Modalities)
        {
            encoded.Add(await activities.Encode.RunAsync(
                new EncodeRequest(job, revision, listing.Reference, modality.Modality, 0, modality.Ready), cancellationToken));
        }

        await activities.FuseAndExecute.RunAsync(new FuseRequest(job, revision, listing.Reference, encoded), cancellationToken);
        await activities.PublishResult.RunAsync(new PublishRequest(job, revision), cancellationToken);
    }
}
