using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Multimodal.Orchestration.Activities;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Functions.Tests.Durable;

/// <summary>Activities whose answers a test writes, and what they were asked.</summary>
internal sealed class ScriptedActivities
{
    public ConcurrentQueue<string> Calls { get; } = new();

    public ConcurrentQueue<FuseRequest> Fused { get; } = new();

    public Func<InputListing> List { get; set; } = () => Listing((Modality.Text, 1));

    public Func<EncodeRequest, Task<EncodeReport>> Encode { get; set; } = request => Task.FromResult(new EncodeReport(request.Modality, request.Count, 0, 1));

    public Func<FuseRequest, FuseReport> Fuse { get; set; } =
        request => new FuseReport(request.Encoded.Any(report => report.Error is null) ? JobOutcomeStatus.Succeeded : JobOutcomeStatus.Failed);

    public Func<PublishRequest, PublishReport> Publish { get; set; } = request => new PublishReport($"{request.JobId}/{request.Revision}");

    public static InputListing Listing(params (Modality Modality, int Ready)[] ready) => Listing(awaited: 0, ready);

    public static InputListing Listing(int awaited, params (Modality Modality, int Ready)[] ready) =>
        new("a-listing", [.. ready.Select(r => new ModalityCount(r.Modality, r.Ready))], 0, awaited, null);

    public int Count(string activity) => Calls.Count(call => call == activity);

    // Lambdas throughout: the registry names what it is given, and a method group has no name of its own.
    public void Register(DurableTaskRegistry registry)
    {
        registry.AddActivityFunc<ListRequest, InputListing>(nameof(JobActivities.ListInputs), (_, request) => Record("ListInputs", List));
        foreach (var encoder in new[] { JobActivities.EncodeImages, JobActivities.EncodeTexts, JobActivities.EncodeAudio })
        {
            registry.AddActivityFunc<EncodeRequest, EncodeReport>(encoder.Name, (_, request) => Record(encoder.Name, () => Encode(request)));
        }

        registry.AddActivityFunc<FuseRequest, FuseReport>(nameof(JobActivities.FuseAndExecute), (_, request) =>
        {
            Fused.Enqueue(request);
            return Record("FuseAndExecute", () => Fuse(request));
        });
        registry.AddActivityFunc<PublishRequest, PublishReport>(
            nameof(JobActivities.PublishResult), (_, request) => Record("PublishResult", () => Publish(request)));
    }

    private T Record<T>(string activity, Func<T> answer)
    {
        Calls.Enqueue(activity);
        return answer();
    }
}
