using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Engine;
using Multimodal.Local.Files;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Composition;

/// <summary>Composes a host with what runs on one machine.</summary>
internal static class LocalComposition
{
    /// <summary>Keeps blobs, leases and the queue as files under a folder.</summary>
    public static MultimodalBuilder UseFileStorage(this MultimodalBuilder builder, string root)
    {
        // A folder may lie on a network.
        builder.Services.AddSingleton<IBlobStore>(new RetryingBlobStore(new FileBlobStore(root)));
        builder.Services.AddSingleton<IJobLeases>(new FileJobLeases(root));
        builder.Services.AddSingleton<IResultPublisher>(new FileResultPublisher(root));
        return builder;
    }

    /// <summary>Runs orchestrations in this process.</summary>
    public static MultimodalBuilder UseLocalEngine(this MultimodalBuilder builder, EngineOptions? options = null)
    {
        builder.Services.AddSingleton(options ?? new EngineOptions());
        builder.Services.AddSingleton<LocalEngine>();
        builder.Services.AddSingleton<IJobEngine>(services => services.GetRequiredService<LocalEngine>());
        return builder;
    }
}
