using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Multimodal.Local.Composition;
using Multimodal.Local.Files;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Pipelines;
using Multimodal.Testing.Storage;

namespace Multimodal.Http.Tests;

/// <summary>A server on a free port of this machine, with the local engine, file stores, and networks computed by hand.</summary>
internal sealed class HttpHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private HttpHost(HttpLimits? limits, InputLimits? inputLimits)
    {
        Root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;
        Store = new FaultyBlobStore(new FileBlobStore(Root));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddMultimodalPipeline(Pipeline.Root, new HostSettings { DefaultPipeline = TextPipeline.Name }, inputLimits)
            .UseFileStorage(Root)
            .UseLocalEngine()
            .UseJobsApi(limits);
        builder.Services.AddSingleton<IBlobStore>(Store);
        builder.Services.AddSingleton<IImageDecoder, NoImages>();
        builder.Services.AddSingleton<IModelFactory>(Models);
        builder.Services.AddSingleton<IRuntimeStatus, FakeRuntime>();
        _application = builder.Build();
        _application.MapJobsApi();
    }

    public string Root { get; }

    public TextPipeline Pipeline { get; } = new();

    public FakeModelFactory Models { get; } = new();

    public FaultyBlobStore Store { get; }

    public HttpClient Client { get; } = new();

    public Uri Address => Client.BaseAddress!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<HttpHost> StartAsync(HttpLimits? limits = null, InputLimits? inputLimits = null)
    {
        var host = new HttpHost(limits, inputLimits);
        await host._application.StartAsync(Token);
        host.Client.BaseAddress = new Uri(host._application.Urls.Single());
        return host;
    }

    public T Get<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    /// <summary>A form of files and, where they are given, fields.</summary>
    public static MultipartFormDataContent Form(
        IEnumerable<(string Name, string Content)> files, string? jobId = null, string? options = null)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, content) in files)
        {
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", name);
        }

        if (jobId is not null)
        {
            form.Add(new StringContent(jobId), "jobId");
        }

        if (options is not null)
        {
            form.Add(new StringContent(options), "job");
        }

        return form;
    }

    public Task<HttpResponseMessage> SubmitAsync(
        IEnumerable<(string Name, string Content)> files, string? jobId = null, string? options = null, string? prefer = null) =>
        SendAsync(HttpMethod.Post, "/api/jobs", Form(files, jobId, options), prefer);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? prefer = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        return await Client.SendAsync(request, Token);
    }

    public Task<HttpResponseMessage> SendBodyAsync(string body, string contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return SendAsync(HttpMethod.Post, "/api/jobs", content);
    }

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(Token)).RootElement;

    /// <summary>Everything that is stored of jobs, container first.</summary>
    public async Task<IReadOnlyList<string>> ListAsync()
    {
        var names = new List<string>();
        foreach (var container in Containers.All)
        {
            names.AddRange(await Store.ListAsync(container, "", Token).Select(entry => entry.Path.ToString()).ToListAsync(Token));
        }

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        Pipeline.Dispose();
        Directory.Delete(Root, recursive: true);
    }
}
