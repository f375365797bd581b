using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Serve.Uploads;
using Multimodal.Pipeline.Composition;
using Multimodal.Storage.Azure.Composition;
using Multimodal.Testing.Storage.Faults;
using Multimodal.Trials.Service;

namespace Multimodal.Trials.Faults;

/// <summary>A storage account whose clients' requests go wrong.</summary>
internal sealed class FaultyAccount(AccountStorage account) : IFaultyStorage
{
    public ITrialStorage Clean => account;

    public string? Folder => null;

    public void Compose(IServiceCollection services, FaultPlan plan)
    {
        var policy = new FaultPolicy(plan);
        new MultimodalBuilder(services).UseAzureStorage(new AzureStorageOptions
        {
            ConnectionString = account.ConnectionString,
            ConfigureClients = client =>
            {
                client.AddPolicy(policy, HttpPipelinePosition.PerRetry);

                // What a real account wants to be left alone for, a trial need not wait for.
                client.Retry.Delay = TimeSpan.FromMilliseconds(20);
            },
        });
        services.AddSingleton<IUploadSource, AccountUploadSource>();
    }
}
