using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Files;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage.Faults;
using Multimodal.Trials.Service;

namespace Multimodal.Trials.Faults;

/// <summary>A folder behind ports that go wrong, beneath what the host puts around them.</summary>
internal sealed class FaultyFolder(FolderStorage folder) : IFaultyStorage
{
    public ITrialStorage Clean => folder;

    public string? Folder => folder.Root;

    public void Compose(IServiceCollection services, FaultPlan plan)
    {
        services.AddSingleton<IBlobStore>(new RetryingBlobStore(new UnreliableBlobStore(new FileBlobStore(folder.Root), plan)));
        services.AddSingleton<IJobLeases>(new UnreliableLeases(new FileJobLeases(folder.Root), plan));
        services.AddSingleton<IResultPublisher>(new UnreliablePublisher(new FileResultPublisher(folder.Root), plan));
    }
}
