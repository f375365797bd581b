using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Composition;
using Multimodal.Testing.Azurite;

namespace Multimodal.Capacity.Measuring;

/// <summary>The processor time of a request to a storage account, on the client's side: against Azurite on loopback, without TLS.</summary>
internal static class StorageProcessor
{
    private const int WarmUp = 500;
    private const int Requests = 4_000;

    /// <summary>Milliseconds for each request: a write of 4 KiB, a read of it, in turns.</summary>
    /// <exception cref="AzuriteAbsentException">Azurite is not installed.</exception>
    public static async Task<double> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var azurite = new AzuriteFixture();
        var account = await azurite.CreateAccountAsync();
        var services = new ServiceCollection();
        services.AddLogging();
        new MultimodalBuilder(services).UseAzureStorage(new AzureStorageOptions { ConnectionString = account.ConnectionString });
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<AzureStorageProvisioner>().EnsureCreatedAsync(cancellationToken);
        var store = provider.GetRequiredService<IBlobStore>();
        await RunAsync(WarmUp);
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await RunAsync(Requests);
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / Requests;

        async Task RunAsync(int count)
        {
            var content = new byte[4096];
            for (var i = 0; i < count / 2; i++)
            {
                var path = new BlobPath(Containers.Features, $"a-job/{i % 50}");
                await store.WriteAsync(path, content, default, cancellationToken);
                await store.ReadAsync(path, cancellationToken);
            }
        }
    }
}
