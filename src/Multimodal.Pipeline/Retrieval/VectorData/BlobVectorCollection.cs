using System.Linq.Expressions;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.VectorData;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Retrieval.Search;

namespace Multimodal.Pipeline.Retrieval.VectorData;

/// <summary>A collection of records in blobs, searched exactly. Filters are any expression over a record.</summary>
/// <typeparam name="TKey">string, or object for dictionaries.</typeparam>
/// <typeparam name="TRecord">A class with a constructor without parameters, or a dictionary.</typeparam>
internal sealed class BlobVectorCollection<TKey, TRecord> : VectorStoreCollection<TKey, TRecord>, IIndexUpkeep
    where TKey : notnull
    where TRecord : class
{
    private readonly RecordModel<TRecord> _model;
    private readonly Func<VectorIndex> _index;
    private readonly int _threads;

    // Records that filters looked at, for as long as their segment is in use.
    private readonly ConditionalWeakTable<Segment, TRecord?[]> _decoded = [];

    public BlobVectorCollection(string name, RecordModel<TRecord> model, Func<VectorIndex> index, int threads)
    {
        Name = name;
        (_model, _index, _threads) = (model, index, threads);
    }

    public override string Name { get; }

    private string Distance => _model.Index.Distance;

    public override Task<bool> CollectionExistsAsync(CancellationToken cancellationToken = default) => _index().ExistsAsync(cancellationToken);

    public override Task EnsureCollectionExistsAsync(CancellationToken cancellationToken = default) => _index().EnsureExistsAsync(cancellationToken);

    public override Task EnsureCollectionDeletedAsync(CancellationToken cancellationToken = default) => _index().DeleteAsync(cancellationToken);

    public override async Task<TRecord?> GetAsync(TKey key, RecordRetrievalOptions? options = null, CancellationToken cancellationToken = default)
    {
        var found = await _index().ReadAsync([ToText(key)], cancellationToken);
        return found is [var (segment, row)] ? Decode(segment, row, options?.IncludeVectors ?? false) : null;
    }

    public override async IAsyncEnumerable<TRecord> GetAsync(
        IEnumerable<TKey> keys, RecordRetrievalOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var (segment, row) in await _index().ReadAsync(keys.Select(ToText), cancellationToken))
        {
            yield return Decode(segment, row, options?.IncludeVectors ?? false);
        }
    }

    public override async IAsyncEnumerable<TRecord> GetAsync(
        Expression<Func<TRecord, bool>> filter,
        int top,
        FilteredRecordRetrievalOptions<TRecord>? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        var passes = RecordFilter.Compile(filter);
        var view = await _index().GetViewAsync(cancellationToken);
        var matching = view.Live.Where(place => passes(Look(view.Segments[place.Part], place.Row)));
        foreach (var (part, row) in Order(matching, view, options).Skip(options?.Skip ?? 0).Take(top))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Decode(view.Segments[part], row, options?.IncludeVectors ?? false);
        }
    }

    public override Task DeleteAsync(TKey key, CancellationToken cancellationToken = default) => DeleteAsync([key], cancellationToken);

    public override Task DeleteAsync(IEnumerable<TKey> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _index().EraseAsync([.. keys.Select(ToText)], cancellationToken);
    }

    public override Task UpsertAsync(TRecord record, CancellationToken cancellationToken = default) => UpsertAsync([record], cancellationToken);

    public override Task UpsertAsync(IEnumerable<TRecord> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return _index().UpsertAsync(
            [.. records.Select(record => (
                _model.KeyOf(record),
                ToVector(_model.VectorOf(record), $"The vector of '{_model.KeyOf(record)}'"),
                (ReadOnlyMemory<byte>)_model.Encode(record)))],
            cancellationToken);
    }

    public override async IAsyncEnumerable<VectorSearchResult<TRecord>> SearchAsync<TInput>(
        TInput searchValue, int top, VectorSearchOptions<TRecord>? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(top);
        var given = VectorValues.Find(searchValue) ?? throw new NotSupportedException(
            $"This store is searched with {VectorValues.Names}, and was given a {typeof(TInput).Name}.");
        if (options?.VectorProperty is { } property && NameOf(property) is var name && name != _model.VectorName)
        {
            throw new ArgumentException($"The records have one vector, '{_model.VectorName}', and '{name}' is not it.", nameof(options));
        }

        var query = ToVector(given, "The query");
        var view = await _index().GetViewAsync(cancellationToken);
        var passes = options?.Filter is { } filter ? RecordFilter.Compile(filter) : null;
        var hits = ExactSearch.Find(
            view.Parts,
            query,
            checked(top + (options?.Skip ?? 0)),
            passes is null ? null : (part, row) => passes(Look(view.Segments[part], row)),
            _threads,
            cancellationToken);
        foreach (var hit in hits.Skip(options?.Skip ?? 0))
        {
            var score = Distances.ToScore(Distance, hit.Score);
            if (options?.ScoreThreshold is { } threshold && (Distances.IsLowerBetter(Distance) ? score > threshold : score < threshold))
            {
                yield break;
            }

            yield return new VectorSearchResult<TRecord>(Decode(view.Segments[hit.Part], hit.Row, options?.IncludeVectors ?? false), score);
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(VectorStoreCollectionMetadata)
                ? new VectorStoreCollectionMetadata { VectorStoreSystemName = BlobVectorStore.SystemName, CollectionName = Name }
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public Task CompactAsync(CancellationToken cancellationToken = default) => _index().CompactAsync(cancellationToken);

    public async ValueTask<IReadOnlyList<IndexDamagedException>> FindDamageAsync(CancellationToken cancellationToken = default) =>
        (await _index().GetViewAsync(cancellationToken)).Damaged;

    private static string ToText(TKey key) =>
        key as string is { Length: > 0 } text ? text : throw new ArgumentException("A key is a text of at least one character.", nameof(key));

    private static string? NameOf(Expression<Func<TRecord, object?>> property) =>
        property.Body is MemberExpression member ? member.Member.Name
        : property.Body is UnaryExpression { Operand: MemberExpression converted } ? converted.Member.Name
        : property.Body is MethodCallExpression { Arguments: [ConstantExpression { Value: string key }] } ? key
        : null;

    private IEnumerable<(int Part, int Row)> Order(
        IEnumerable<(int Part, int Row)> places, IndexView view, FilteredRecordRetrievalOptions<TRecord>? options)
    {
        var ordered = places.OrderBy(_ => 0);
        foreach (var sort in options?.OrderBy?.Invoke(new()).Values ?? [])
        {
            var select = sort.PropertySelector.Compile();
            ordered = sort.Ascending
                ? ordered.ThenBy(place => select(Look(view.Segments[place.Part], place.Row)), Comparer<object?>.Default)
                : ordered.ThenByDescending(place => select(Look(view.Segments[place.Part], place.Row)), Comparer<object?>.Default);
        }

        // Without an order of the caller's, that of keys: the same however far a compaction has come.
        return ordered.ThenBy(place => view.Segments[place.Part].Keys[place.Row], StringComparer.Ordinal);
    }

    private ReadOnlyMemory<float> ToVector(ReadOnlyMemory<float> vector, string what)
    {
        if (vector.Length != _model.Index.Dimension)
        {
            throw new ArgumentException($"{what} has {vector.Length} numbers, those of '{Name}' have {_model.Index.Dimension}.");
        }

        if (vector.Span.ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
        {
            throw new ArgumentException($"{what} has a number that is not finite.");
        }

        return !Distances.IsCosine(Distance) ? vector
            : TensorPrimitives.MaxMagnitude(vector.Span) == 0 ? throw new ArgumentException($"{what} is zero, which has no direction.")
            : VectorMath.Normalise(vector.Span);
    }

    private TRecord Decode(Segment segment, int row, bool withVector) =>
        _model.Decode(segment.Keys[row], segment.Data[row], segment.Block.Row(row), withVector);

    // For filters and orders only: what callers get is theirs to change.
    private TRecord Look(Segment segment, int row)
    {
        var decoded = _decoded.GetValue(segment, static of => new TRecord?[of.Keys.Length]);
        return decoded[row] ??= Decode(segment, row, withVector: false);
    }
}
