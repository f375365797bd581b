using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Imaging.Vips;
using Multimodal.Onnx;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Flow;
using Multimodal.Orchestration.Intake;
using Multimodal.Testing.Engines;
using Multimodal.Testing.Jobs;

namespace Multimodal.Functions.Tests.Durable;

public sealed class DurableEngineConformanceTests : EngineConformance
{
    // Runs are started by the tests; nothing else is to start or wake them.
    protected override SampleJobHost CreateHost() => new(builder =>
        builder.UseVipsImaging().UseOnnxRuntime(new OnnxOptions()).Services.AddSingleton<IJobEngine>(new RecordingEngine()));

    protected override async Task<bool> RunToItsEndAsync(SampleJobHost host, RunJobRequest request)
    {
        await using var durable = await DurableHost.StartAsync(registry => Register(registry, host.Activities));
        var ended = await durable.RunAsync(request);
        return ended.RuntimeStatus == OrchestrationRuntimeStatus.Completed;
    }

    private static void Register(DurableTaskRegistry registry, JobActivityServices services)
    {
        Add(registry, JobActivities.ListInputs, services);
        Add(registry, JobActivities.EncodeImages, services);
        Add(registry, JobActivities.EncodeTexts, services);
        Add(registry, JobActivities.EncodeAudio, services);
        Add(registry, JobActivities.FuseAndExecute, services);
        Add(registry, JobActivities.PublishResult, services);
    }

    private static void Add<TInput, TOutput>(DurableTaskRegistry registry, ActivityDefinition<TInput, TOutput> activity, JobActivityServices services)
        where TInput : class
        where TOutput : class =>
        registry.AddActivityFunc<TInput, TOutput>(
            activity.Name, async (_, input) => await activity.RunAsync(services, input, CancellationToken.None));
}
