using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Multimodal.Local.Serve;
using Multimodal.Local.Serve.Settings;
using Multimodal.Testing;

namespace Multimodal.Browser.Tests.Fixtures;

/// <summary>The service as the command composes it, with the pipeline <c>digits</c> or another, on a free port and in a folder of its own.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Service(string? apiKey, string? models, string pipeline)
    {
        _application = ServeHost.Build(
            new ServeSettings
            {
                Addresses = [ListenAddress.OfPort(0)],
                Storage = new StorageChoice(Root),
                Pipeline = pipeline,
                Models = models ?? TestPaths.Models,
                ApiKey = apiKey,
                PollInterval = TimeSpan.FromSeconds(0.5),
                ShutdownLimit = TimeSpan.FromSeconds(10),
            },
            services =>
            {
                services.AddLogging(logging => logging.ClearProviders());
                services.AddSingleton<IHostLifetime, NoLifetime>();
            });
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    public string Address { get; private set; } = "";

    public static async Task<Service> StartAsync(string? apiKey = null, string? models = null, string pipeline = "digits")
    {
        var service = new Service(apiKey, models, pipeline);
        await service._application.StartAsync(TestContext.Current.CancellationToken);
        service.Address = service._application.Urls.Single();
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }
}
