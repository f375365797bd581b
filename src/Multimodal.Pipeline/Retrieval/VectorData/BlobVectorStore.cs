using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.VectorData;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Retrieval.VectorData;

/// <summary>
/// The vector store that needs nothing but the pipeline's own storage: records in blobs, a copy of them in memory, exact search.
/// Several processes may use the same blobs at once.
/// </summary>
/// <remarks>
/// <para>
/// A record has a key of type string, data of the types string, bool, int, long, float, double, decimal, Guid, DateTime, DateTimeOffset,
/// string[] and List&lt;string&gt;, and one vector, for which cosine similarity or distance, or the dot product, can be asked.
/// Anything else is refused with <see cref="NotSupportedException"/> when the collection is made. A filter can be any expression.
/// Deleting returns when no blob holds the record any more.
/// </para>
/// <para>
/// Any other store of Microsoft.Extensions.VectorData takes its place by one registration before the host's own, for instance
/// <c>services.AddSingleton&lt;VectorStore&gt;(new QdrantVectorStore(client, ownsClient: false));</c>.
/// </para>
/// </remarks>
public sealed partial class BlobVectorStore : VectorStore
{
    /// <summary>What the store calls itself in metadata.</summary>
    public const string SystemName = "multimodal.blobs";

    private readonly IBlobStore _store;
    private readonly IndexOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<(string Name, IndexDefinition Definition), VectorIndex> _indexes = [];

    /// <summary>Keeps records in a blob store.</summary>
    public BlobVectorStore(IBlobStore store, IndexOptions? options = null, TimeProvider? time = null, ILogger<BlobVectorStore>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _options = options ?? new IndexOptions();
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger<BlobVectorStore>.Instance;
    }

    private int Threads => _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount;

    /// <inheritdoc/>
    public override VectorStoreCollection<TKey, TRecord> GetCollection<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition = null)
    {
        if (typeof(TKey) != typeof(string))
        {
            throw new NotSupportedException($"This store's keys are of type string, not {typeof(TKey).Name}.");
        }

        return Open<TKey, TRecord>(name, definition);
    }

    /// <inheritdoc/>
    public override VectorStoreCollection<object, Dictionary<string, object?>> GetDynamicCollection(string name, VectorStoreCollectionDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return Open<object, Dictionary<string, object?>>(name, definition);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<string> ListCollectionNamesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entry in _store.ListAsync(Containers.Indexes, "", cancellationToken))
        {
            if (IndexPaths.FindIndex(entry.Path) is { } name)
            {
                yield return name;
            }
        }
    }

    /// <inheritdoc/>
    public override async Task<bool> CollectionExistsAsync(string name, CancellationToken cancellationToken = default) =>
        await new IndexBlobs(_store, Checked(name)).FindManifestAsync(cancellationToken) is not null;

    /// <inheritdoc/>
    public override async Task EnsureCollectionDeletedAsync(string name, CancellationToken cancellationToken = default)
    {
        if (await new IndexBlobs(_store, Checked(name)).ReadManifestAsync(cancellationToken) is var (manifest, _))
        {
            await IndexOf(name, new IndexDefinition(manifest.Dimension, manifest.Distance)).DeleteAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreMetadata) ? new VectorStoreMetadata { VectorStoreSystemName = SystemName }
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var index in _indexes.Values)
        {
            index.Dispose();
        }

        base.Dispose(disposing);
    }

    private static string Checked(string name) => NamePattern().IsMatch(name)
        ? name
        : throw new ArgumentException($"'{name}' cannot name a collection: it is 1 to 128 letters, digits, '.', '_' and '-', and begins with a letter or digit.", nameof(name));

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    private BlobVectorCollection<TKey, TRecord> Open<TKey, TRecord>(string name, VectorStoreCollectionDefinition? definition)
        where TKey : notnull
        where TRecord : class
    {
        Checked(name);
        var model = RecordModel<TRecord>.Create(definition);
        return new BlobVectorCollection<TKey, TRecord>(name, model, () => IndexOf(name, model.Index), Threads);
    }

    // One copy in memory, however many collections are asked for.
    private VectorIndex IndexOf(string name, IndexDefinition definition) => _indexes.GetOrAdd(
        (name, definition), key => new VectorIndex(_store, key.Name, key.Definition, _options, _time, _logger));
}
