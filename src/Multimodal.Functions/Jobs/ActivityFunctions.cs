using Microsoft.Azure.Functions.Worker;
using Multimodal.Orchestration.Activities;

namespace Multimodal.Functions.Jobs;

/// <summary>
/// The activities. Each is a function of its own, so that an app may take only those whose models it has the hardware for. An activity
/// that is cancelled because the host stops is run again elsewhere and finds what it had stored.
/// </summary>
public sealed class ActivityFunctions(JobActivityServices services)
{
    /// <summary>What the store holds of the job.</summary>
    [Function(nameof(JobActivities.ListInputs))]
    public Task<InputListing> ListInputs([ActivityTrigger] ListRequest request, CancellationToken cancellationToken) =>
        JobActivities.ListInputs.RunAsync(services, request, cancellationToken);

    /// <summary>Features of images to embeddings.</summary>
    [Function(nameof(JobActivities.EncodeImages))]
    public Task<EncodeReport> EncodeImages([ActivityTrigger] EncodeRequest request, CancellationToken cancellationToken) =>
        JobActivities.EncodeImages.RunAsync(services, request, cancellationToken);

    /// <summary>Features of texts to embeddings.</summary>
    [Function(nameof(JobActivities.EncodeTexts))]
    public Task<EncodeReport> EncodeTexts([ActivityTrigger] EncodeRequest request, CancellationToken cancellationToken) =>
        JobActivities.EncodeTexts.RunAsync(services, request, cancellationToken);

    /// <summary>Features of recordings to embeddings.</summary>
    [Function(nameof(JobActivities.EncodeAudio))]
    public Task<EncodeReport> EncodeAudio([ActivityTrigger] EncodeRequest request, CancellationToken cancellationToken) =>
        JobActivities.EncodeAudio.RunAsync(services, request, cancellationToken);

    /// <summary>Embeddings to an outcome.</summary>
    [Function(nameof(JobActivities.FuseAndExecute))]
    public Task<FuseReport> FuseAndExecute([ActivityTrigger] FuseRequest request, CancellationToken cancellationToken) =>
        JobActivities.FuseAndExecute.RunAsync(services, request, cancellationToken);

    /// <summary>The result to Blob, then the message to the queue.</summary>
    [Function(nameof(JobActivities.PublishResult))]
    public Task<PublishReport> PublishResult([ActivityTrigger] PublishRequest request, CancellationToken cancellationToken) =>
        JobActivities.PublishResult.RunAsync(services, request, cancellationToken);
}
