using Multimodal.Orchestration.Telemetry;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>The activities of the one orchestration.</summary>
public static class JobActivities
{
    /// <summary>What the store holds of the job: ready, refused, awaited.</summary>
    public static ActivityDefinition<ListRequest, InputListing> ListInputs { get; } = new(
        nameof(ListInputs),
        OrchestrationJson.Default.ListRequest,
        OrchestrationJson.Default.InputListing,
        static (services, request, cancellationToken) => JobTelemetry.RunAsync(
            "list", request.JobId, _ => services.ListInputs.RunAsync(request, cancellationToken)));

    /// <summary>Features of images to embeddings.</summary>
    public static ActivityDefinition<EncodeRequest, EncodeReport> EncodeImages { get; } = DefineEncode(nameof(EncodeImages));

    /// <summary>Features of texts to embeddings.</summary>
    public static ActivityDefinition<EncodeRequest, EncodeReport> EncodeTexts { get; } = DefineEncode(nameof(EncodeTexts));

    /// <summary>Features of recordings to embeddings.</summary>
    public static ActivityDefinition<EncodeRequest, EncodeReport> EncodeAudio { get; } = DefineEncode(nameof(EncodeAudio));

    /// <summary>Embeddings to a result, not yet published.</summary>
    public static ActivityDefinition<FuseRequest, FuseReport> FuseAndExecute { get; } = new(
        nameof(FuseAndExecute),
        OrchestrationJson.Default.FuseRequest,
        OrchestrationJson.Default.FuseReport,
        static (services, request, cancellationToken) => JobTelemetry.RunAsync(
            "fuse", request.JobId, _ => services.FuseAndExecute.RunAsync(request, cancellationToken)));

    /// <summary>The result to its place, then the message to the queue, then the job closed.</summary>
    public static ActivityDefinition<PublishRequest, PublishReport> PublishResult { get; } = new(
        nameof(PublishResult),
        OrchestrationJson.Default.PublishRequest,
        OrchestrationJson.Default.PublishReport,
        static (services, request, cancellationToken) => JobTelemetry.RunAsync(
            "publish", request.JobId, _ => services.PublishResult.RunAsync(request, cancellationToken)));

    /// <summary>
    /// The encoder activity of a modality. There is one for each, so that a host may take only those whose models it
    /// has the hardware for.
    /// </summary>
    public static ActivityDefinition<EncodeRequest, EncodeReport> Encode(Modality modality) => modality switch
    {
        Modality.Image => EncodeImages,
        Modality.Text => EncodeTexts,
        Modality.Audio => EncodeAudio,
        _ => throw new ArgumentOutOfRangeException(nameof(modality), modality, "Unknown modality."),
    };

    private static ActivityDefinition<EncodeRequest, EncodeReport> DefineEncode(string name) => new(
        name,
        OrchestrationJson.Default.EncodeRequest,
        OrchestrationJson.Default.EncodeReport,
        static (services, request, cancellationToken) => JobTelemetry.RunAsync(
            "encode",
            request.JobId,
            span =>
            {
                span?.SetTag("multimodal.modality", request.Modality.ToName());
                span?.SetTag("multimodal.inputs", request.Count);
                return services.Encode.RunAsync(request, cancellationToken);
            }));
}
