using Microsoft.Extensions.DependencyInjection;
using Multimodal.Imaging.Vips;
using Multimodal.Onnx;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;

namespace Multimodal.Capacity.Measuring;

/// <summary>The pipeline's services above a store that counts, and no engine: whoever measures runs each step.</summary>
internal sealed class MeasuredHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public MeasuredHost(string models)
    {
        Inner = new PartitionedBlobStore();
        Store = new CountingBlobStore(Inner);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMultimodalPipeline(models).UseVipsImaging().UseOnnxRuntime(new OnnxOptions { IntraOpThreads = 1, TuningFolder = null });
        services.AddSingleton<IBlobStore>(Store);
        services.AddSingleton<IResultPublisher>(Publisher);
        services.AddSingleton<IJobEngine>(Engine);
        _services = services.BuildServiceProvider();
    }

    /// <summary>The store without counting, for what is not the service's to do.</summary>
    public PartitionedBlobStore Inner { get; }

    public CountingBlobStore Store { get; }

    public SilentEngine Engine { get; } = new();

    public RecordingPublisher Publisher { get; } = new();

    public JobActivityServices Activities => Get<JobActivityServices>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
