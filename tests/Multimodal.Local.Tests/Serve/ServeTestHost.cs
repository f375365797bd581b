using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Multimodal.Local.Serve;
using Multimodal.Local.Serve.Settings;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Local.Tests.Serve;

/// <summary>The service as the command composes it, in this process on a free port, with networks computed by hand.</summary>
internal sealed class ServeTestHost : IAsyncDisposable
{
    /// <summary>Options of a job whose quiet period a test does not want to sit through.</summary>
    public const string Quick = """{ "quietSeconds": 1 }""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly WebApplication _application;
    private readonly bool _ownsRoot;

    private ServeTestHost(string? root, Func<ServeSettings, ServeSettings>? change, FakeModelFactory? models, Action<IServiceCollection>? configure)
    {
        _ownsRoot = root is null;
        Root = root ?? Directory.CreateTempSubdirectory("multimodal-test-").FullName;
        Models = models ?? new FakeModelFactory();
        var settings = new ServeSettings
        {
            Addresses = [ListenAddress.OfPort(0)],
            Storage = new StorageChoice(Root),
            Pipeline = TextPipeline.Name,
            Models = Pipeline.Root,
            PollInterval = TimeSpan.FromSeconds(0.2),
            ShutdownLimit = TimeSpan.FromSeconds(20),
        };
        _application = ServeHost.Build(change?.Invoke(settings) ?? settings, services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            services.AddSingleton<IHostLifetime, NoLifetime>();
            services.AddSingleton<IImageDecoder, NoImages>();
            services.AddSingleton<IModelFactory>(Models);
            services.AddSingleton<IRuntimeStatus, FakeRuntime>();
            configure?.Invoke(services);
        });
    }

    public string Root { get; }

    public TextPipeline Pipeline { get; } = new();

    public FakeModelFactory Models { get; }

    public HttpClient Client { get; } = new();

    public WebApplication Application => _application;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ServeTestHost> StartAsync(
        string? root = null,
        Func<ServeSettings, ServeSettings>? change = null,
        FakeModelFactory? models = null,
        Action<IServiceCollection>? configure = null)
    {
        var host = new ServeTestHost(root, change, models, configure);
        await host._application.StartAsync(Token);
        host.Client.BaseAddress = new Uri(host._application.Urls.Single());
        return host;
    }

    public T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    /// <summary>Writes a file into the uploads as people do, in one go.</summary>
    public string Drop(string name, string content)
    {
        var file = Path.Combine(Root, "uploads", name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, Token);
    }

    public Task<HttpResponseMessage> SubmitAsync(string jobId, string text, params (string Name, string Value)[] headers)
    {
        var form = new MultipartFormDataContent { { new StringContent(jobId), "jobId" } };
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        form.Add(file, "file", "a.txt");
        return SendAsync(HttpMethod.Post, "/api/jobs", form, headers);
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Token)).RootElement;

    /// <summary>Waits until a revision of a job is closed, and gives its result.</summary>
    public async Task<JobResult> ResultAsync(string jobId, int revision = 1)
    {
        var job = JobId.Parse(jobId);
        await UntilAsync(async () =>
            await Get<JobRecords>().FindAsync(job, Token) is { } record
            && (record.Revision > revision || (record.Revision == revision && record.State == JobState.Closed)));
        var stored = await Get<IBlobStore>().ReadJsonAsync(JobPaths.Result(job), PipelineJson.Default.JobResult, Token);
        return stored!.Value.Value;
    }

    /// <summary>The ids of the messages on the queue, of a file storage.</summary>
    public IReadOnlyList<string> Messages() =>
        Directory.Exists(Path.Combine(Root, "queues", "results"))
            ? [.. Directory.EnumerateFiles(Path.Combine(Root, "queues", "results")).Select(file => Path.GetFileNameWithoutExtension(file)).Order()]
            : [];

    public static async Task UntilAsync(Func<Task<bool>> conditionAsync)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Patience);
        while (!await conditionAsync())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        Pipeline.Dispose();
        if (_ownsRoot)
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
