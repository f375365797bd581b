using Microsoft.Extensions.DependencyInjection;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;

namespace Multimodal.Testing.Engines;

/// <summary>The real activities on the pipeline <c>digits</c>, above a store in memory that can be made to fail.</summary>
public sealed class SampleJobHost : IAsyncDisposable
{
    public static readonly JobId Job = JobId.Parse("a-job");

    private readonly ServiceProvider _services;

    /// <param name="compose">Adds the image decoder, the model factory, and the engine.</param>
    public SampleJobHost(Action<MultimodalBuilder> compose)
    {
        ArgumentNullException.ThrowIfNull(compose);
        Store = new FaultyBlobStore(new InMemoryBlobStore(TimeProvider.System));
        var services = new ServiceCollection();
        services.AddLogging();
        var builder = services.AddMultimodalPipeline(TestPaths.Models);
        services.AddSingleton<IBlobStore>(Store);
        services.AddSingleton<IResultPublisher>(Publisher);
        compose(builder);
        _services = services.BuildServiceProvider();
    }

    public FaultyBlobStore Store { get; }

    public RecordingPublisher Publisher { get; } = new();

    public JobActivityServices Activities => Get<JobActivityServices>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Submits the files of one of the pipeline's samples.</summary>
    public Task<JobRecord> SubmitSampleAsync(string sample, JobOptions? options = null) =>
        Get<JobSubmission>().SubmitAsync(
            Job,
            options ?? new JobOptions(),
            [.. Directory.GetFiles(Path.Combine(TestPaths.Models, "digits", "samples", sample)).Select(file => new JobFile(
                Path.GetFileName(file),
                new FileInfo(file).Length,
                async token => await File.ReadAllBytesAsync(file, token)))],
            Token);

    /// <summary>Lets the reading of an input's features fail.</summary>
    public async Task HideFeaturesAsync(string name, JobRecord record, int times)
    {
        ArgumentNullException.ThrowIfNull(record);
        var receipt = await Get<InputStore>().FindReceiptAsync(Job, name, Token);
        Store.Unreadable[JobPaths.Features(Job, receipt!.Input, record.PipelineDigest)] = times;
    }

    public async Task<JobResult> ResultAsync() =>
        (await Store.ReadJsonAsync(JobPaths.Result(Job), PipelineJson.Default.JobResult, Token))!.Value.Value;

    public async Task<JobRecord> RecordAsync() => await Get<JobRecords>().GetAsync(Job, Token);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
