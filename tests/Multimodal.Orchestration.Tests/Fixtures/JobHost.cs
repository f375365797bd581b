using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Jobs;
using Multimodal.Testing.Pipelines;
using Multimodal.Testing.Storage;

namespace Multimodal.Orchestration.Tests.Fixtures;

/// <summary>The activities and the intake as a host composes them, on stores in memory and networks computed by hand.</summary>
internal sealed class JobHost : IDisposable
{
    public static readonly JobId Job = JobId.Parse("a-job");

    private readonly ServiceProvider _services;

    public JobHost(InputLimits? limits = null)
    {
        Store = new FaultyBlobStore(Blobs);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMultimodalPipeline(Pipeline.Root, new HostSettings { DefaultPipeline = TextPipeline.Name }, limits);
        services.AddSingleton<IBlobStore>(Store);
        services.AddSingleton<IResultPublisher>(Publisher);
        services.AddSingleton<IImageDecoder, NoImages>();
        services.AddSingleton<IModelFactory>(Models);
        services.AddSingleton<IJobEngine>(Engine);
        _services = services.BuildServiceProvider();
    }

    public TextPipeline Pipeline { get; } = new();

    public FakeModelFactory Models { get; } = new();

    public InMemoryBlobStore Blobs { get; } = new();

    public FaultyBlobStore Store { get; }

    public RecordingPublisher Publisher { get; } = new();

    public RecordingEngine Engine { get; } = new();

    public JobActivityServices Activities => Get<JobActivityServices>();

    public string Digest => Get<PipelineCatalog>().Get(TextPipeline.Name).Digest;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<JobRecord> SubmitAsync(params (string Name, string Content)[] files) =>
        Get<JobSubmission>().SubmitAsync(
            Job, new JobOptions(), [.. files.Select(file => File(file.Name, Encoding.UTF8.GetBytes(file.Content)))], Token);

    /// <summary>Runs every activity and gives the result.</summary>
    public async Task<JobResult> RunAsync(JobRecord record)
    {
        await Activities.RunAllAsync(record, Token);
        return await ResultAsync();
    }

    public async Task<JobResult> ResultAsync() =>
        (await Blobs.ReadJsonAsync(JobPaths.Result(Job), PipelineJson.Default.JobResult, Token))!.Value.Value;

    public static JobFile File(string name, byte[] content) =>
        new(name, content.Length, _ => Task.FromResult<ReadOnlyMemory<byte>>(content));

    public void Dispose()
    {
        _services.Dispose();
        Pipeline.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
