using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Retention;
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

    private readonly bool _ownsPipeline;

    public JobHost(InputLimits? limits = null, RetentionOptions? retention = null, Action<IServiceCollection>? configure = null)
        : this(null, limits, retention, configure)
    {
    }

    /// <summary>A host beside another, begun later: it shares stores and model repository, and has loaded nothing.</summary>
    public JobHost(JobHost beside, Action<IServiceCollection>? configure = null)
        : this(beside, null, null, configure)
    {
    }

    private JobHost(JobHost? beside, InputLimits? limits, RetentionOptions? retention, Action<IServiceCollection>? configure)
    {
        _ownsPipeline = beside is null;
        Pipeline = beside?.Pipeline ?? new TextPipeline();
        Blobs = beside?.Blobs ?? new InMemoryBlobStore(Time);
        Store = new FaultyBlobStore(Blobs);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Time);
        services.AddMultimodalPipeline(Pipeline.Root, new HostSettings { DefaultPipeline = TextPipeline.Name }, limits, retention);
        services.AddSingleton<IBlobStore>(Store);
        services.AddSingleton<IResultPublisher>(Publisher);
        services.AddSingleton<IImageDecoder, NoImages>();
        services.AddSingleton<IModelFactory>(Models);
        services.AddSingleton<IJobEngine>(Engine);
        configure?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public TextPipeline Pipeline { get; }

    public FakeModelFactory Models { get; } = new();

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UtcNow);

    public InMemoryBlobStore Blobs { get; }

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

    /// <summary>Uploads as somebody with access to the container does; the event is the test's to send.</summary>
    public async Task UploadAsync(string blobName, string content) =>
        await Blobs.WriteAsync(new BlobPath(Containers.Uploads, blobName), Encoding.UTF8.GetBytes(content), cancellationToken: Token);

    /// <summary>Uploads an input of the job, and sends its event.</summary>
    public async Task ReceiveAsync(string name, string content)
    {
        await UploadAsync($"{Job}/{name}", content);
        await Get<UploadEvents>().OnUploadAsync($"{Job}/{name}", Token);
    }

    /// <summary>Uploads the job's <c>job.json</c>, and sends its event.</summary>
    public async Task ReceiveManifestAsync(string json)
    {
        await UploadAsync($"{Job}/job.json", json);
        await Get<UploadEvents>().OnManifestAsync($"{Job}/job.json", Token);
    }

    public async Task<JobRecord> RecordAsync() => await Get<JobRecords>().GetAsync(Job, Token);

    public async Task<InputReceipt?> ReceiptAsync(string name) => await Get<InputStore>().FindReceiptAsync(Job, name, Token);

    /// <summary>Everything that is stored, container first.</summary>
    public async Task<IReadOnlyList<string>> ListAsync()
    {
        var names = new List<string>();
        foreach (var container in Containers.All)
        {
            names.AddRange(await Blobs.ListAsync(container, "", Token).Select(entry => entry.Path.ToString()).ToListAsync(Token));
        }

        return names;
    }

    /// <summary>Runs every activity in its order, as the orchestration would for a job whose inputs are all there.</summary>
    public Task<PublishReport> RunActivitiesAsync(JobRecord record) => Activities.RunAllAsync(record, Token);

    /// <summary>Runs every activity, and reads the result.</summary>
    public async Task<JobResult> RunAsync(JobRecord record)
    {
        await RunActivitiesAsync(record);
        return await ResultAsync();
    }

    public async Task<JobResult> ResultAsync() =>
        (await Blobs.ReadJsonAsync(JobPaths.Result(Job), PipelineJson.Default.JobResult, Token))!.Value.Value;

    public static JobFile File(string name, byte[] content) =>
        new(name, content.Length, _ => Task.FromResult<ReadOnlyMemory<byte>>(content));

    public void Dispose()
    {
        _services.Dispose();
        if (_ownsPipeline)
        {
            Pipeline.Dispose();
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
