using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Blobs;
using Multimodal.Storage.Azure.Composition;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Jobs;
using Multimodal.Testing.Pipelines;
using Multimodal.Testing.Storage;

namespace Multimodal.Storage.Azure.Tests.Flow;

/// <summary>The activities and the intake as a host composes them on a storage account, with networks computed by hand.</summary>
internal sealed class AzureJobHost : IDisposable
{
    private readonly TextPipeline _pipeline = new();
    private readonly ServiceProvider _services;

    public AzureJobHost(TestStorage storage)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMultimodalPipeline(_pipeline.Root, new HostSettings { DefaultPipeline = TextPipeline.Name })
            .UseAzureStorage(TestStorage.OptionsOf(storage.Account));
        Store = new FaultyBlobStore(new AzureBlobStore(storage.Clients.Blobs));
        services.Replace(ServiceDescriptor.Singleton<IBlobStore>(Store));
        services.AddSingleton<IImageDecoder, NoImages>();
        services.AddSingleton<IModelFactory>(new FakeModelFactory());
        services.AddSingleton<IJobEngine>(new RecordingEngine());
        _services = services.BuildServiceProvider();
    }

    public FaultyBlobStore Store { get; }

    public JobActivityServices Activities => _services.GetRequiredService<JobActivityServices>();

    public JobRecords Records => _services.GetRequiredService<JobRecords>();

    public BatchRecords Batches => _services.GetRequiredService<BatchRecords>();

    public Task ProvisionAsync(params string[] further) => _services.GetRequiredService<AzureStorageProvisioner>().EnsureCreatedAsync(further, Token);

    public Task<JobRecord> SubmitAsync(JobId job, params (string Name, string Content)[] files) =>
        _services.GetRequiredService<JobSubmission>().SubmitAsync(
            job, new JobOptions(), [.. files.Select(file => new JobFile(
                file.Name, file.Content.Length, _ => Task.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes(file.Content))))], Token);

    public async Task<JobResult> ResultAsync(JobId job) =>
        (await Store.ReadJsonAsync(JobPaths.Result(job), PipelineJson.Default.JobResult, Token))!.Value.Value;

    public void Dispose()
    {
        _services.Dispose();
        _pipeline.Dispose();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
