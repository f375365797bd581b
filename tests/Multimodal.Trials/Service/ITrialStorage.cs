using Multimodal.Pipeline.Storage;

namespace Multimodal.Trials.Service;

/// <summary>A storage that a service works on, as those see it who send jobs and read results.</summary>
internal interface ITrialStorage : IAsyncDisposable
{
    /// <summary>Its kind, for reports.</summary>
    string Name { get; }

    /// <summary>The arguments that let a service use it.</summary>
    IReadOnlyList<string> Arguments { get; }

    /// <summary>The variables that let a service use it.</summary>
    IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>The blobs.</summary>
    IBlobStore Blobs { get; }

    /// <summary>The blobs as another process sees them, that has only just begun.</summary>
    IBlobStore OpenAnother();

    /// <summary>Puts a blob into any container, by the cheapest way that there is.</summary>
    ValueTask PutAsync(BlobPath path, byte[] content, CancellationToken cancellationToken);

    /// <summary>Uploads a file in one go, as people do.</summary>
    Task UploadAsync(string name, byte[] content, CancellationToken cancellationToken);

    /// <summary>The ids of all messages on the queue, each as often as it was delivered, as far as the queue tells.</summary>
    Task<IReadOnlyList<string>> ReadMessageIdsAsync(CancellationToken cancellationToken);
}
