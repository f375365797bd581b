using Multimodal.Orchestration.Activities;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Testing.Jobs;

/// <summary>Runs activities without an engine.</summary>
public static class ActivityRuns
{
    /// <summary>Runs every activity in its order, as the orchestration would for a job whose inputs are all there.</summary>
    public static async Task<PublishReport> RunAllAsync(this JobActivityServices activities, JobRecord record, CancellationToken cancellationToken)
    {
        var (job, revision) = (record.JobId, record.Revision);
        var listing = await JobActivities.ListInputs.RunAsync(activities, new ListRequest(job, revision), cancellationToken);
        var encoded = new List<EncodeReport>();
        foreach (var modality in listing.Modalities)
        {
            encoded.Add(await JobActivities.Encode(modality.Modality).RunAsync(
                activities,
                new EncodeRequest(job, revision, listing.Reference, modality.Modality, 0, modality.Ready),
                cancellationToken));
        }

        await JobActivities.FuseAndExecute.RunAsync(
            activities, new FuseRequest(job, revision, record.StartedAt, listing.Reference, encoded), cancellationToken);
        return await JobActivities.PublishResult.RunAsync(activities, new PublishRequest(job, revision, record.StartedAt), cancellationToken);
    }
}
