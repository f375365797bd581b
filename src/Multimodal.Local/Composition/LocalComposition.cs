using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Engine;
using Multimodal.Local.Files;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Local.Composition;

/// <summary>Composes a host with what runs on one machine.</summary>
internal static class LocalComposition
{
    /// <summary>Keeps blobs, leases and the queue as files under a folder.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="root">The folder.</param>
    /// <param name="keys">The keys that blobs are encrypted with; null for none.</param>
    public static MultimodalBuilder UseFileStorage(this MultimodalBuilder builder, string root, BlobKeys? keys = null)
    {
        var store = new FileBlobStore(root, keys);

        // A folder may lie on a network.
        builder.Services.AddSingleton<IBlobStore>(new RetryingBlobStore(store));
        builder.Services.AddSingleton<IEncryptedBlobs>(store);
        builder.Services.AddSingleton<IJobLeases>(new FileJobLeases(root));
        var queue = new FileResultPublisher(root);
        builder.Services.AddSingleton<IResultPublisher>(queue);
        builder.Services.AddSingleton<IResultRecall>(queue);
        return builder;
    }

    /// <summary>Runs orchestrations in this process.</summary>
    public static MultimodalBuilder UseLocalEngine(this MultimodalBuilder builder, EngineOptions? options = null)
    {
        builder.Services.AddSingleton(options ?? new EngineOptions());
        builder.Services.AddSingleton<LocalEngine>();
        builder.Services.AddSingleton<IJobEngine>(services => services.GetRequiredService<LocalEngine>());
        builder.Services.AddSingleton<LocalBatchEngine>();
        builder.Services.AddSingleton<IBatchEngine>(services => services.GetRequiredService<LocalBatchEngine>());
        return builder;
    }
}
