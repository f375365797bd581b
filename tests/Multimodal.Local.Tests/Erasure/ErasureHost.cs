using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Composition;
using Multimodal.Local.Engine;
using Multimodal.Orchestration.Administration;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Local.Tests.Erasure;

/// <summary>A host with the local engine on a storage that others may share, with networks computed by hand and an index.</summary>
internal sealed class ErasureHost : IAsyncDisposable
{
    public static readonly JobId Job = JobId.Parse("a-job");

    private readonly ServiceProvider _services;

    public ErasureHost(TextPipeline pipeline, Action<MultimodalBuilder> useStorage)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new IndexOptions { Freshness = TimeSpan.Zero });
        var builder = services.AddMultimodalPipeline(pipeline.Root, new HostSettings { DefaultPipeline = TextPipeline.Name });
        useStorage(builder);
        var store = services.Last(service => service.ServiceType == typeof(IBlobStore));
        services.AddSingleton(provider => new GatedBlobStore(
            (IBlobStore)(store.ImplementationInstance ?? store.ImplementationFactory!(provider))));
        services.AddSingleton<IBlobStore>(provider => provider.GetRequiredService<GatedBlobStore>());
        builder.UseLocalEngine(new EngineOptions { AwaitsLeases = true });
        services.AddSingleton<IImageDecoder, NoImages>();
        services.AddSingleton<IModelFactory>(new FakeModelFactory());
        _services = services.BuildServiceProvider();
    }

    public GatedBlobStore Store => Get<GatedBlobStore>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Sends the job, a bad file with it, and runs it to its end.</summary>
    public async Task RunAsync()
    {
        JobFile[] files = [FileOf("a.txt", "abcc"), FileOf("bad.bin", "\0\0"), FileOf("no\\good.txt", "a")];
        var record = await Get<JobSubmission>().SubmitAsync(Job, new JobOptions(), """{ "quietSeconds": 1 }"""u8.ToArray(), files, Token);
        await Get<LocalEngine>().RunAsync(JobStarter.CreateRequest(record, complete: true));
    }

    /// <summary>Puts a file into <c>uploads</c> and tells of it.</summary>
    public async Task UploadAsync()
    {
        await Store.WriteAsync(JobPaths.Upload(Job, "a.txt"), "abcc"u8.ToArray(), cancellationToken: Token);
        await Get<UploadEvents>().OnUploadAsync($"{Job}/a.txt", Token);
    }

    public Task<bool> EraseAsync() => Get<JobAdministration>().EraseAsync(Job, Token);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static JobFile FileOf(string name, string content) =>
        new(name, content.Length, _ => Task.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes(content)));
}
