using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.VectorData;
using Multimodal.Pipeline.Retrieval.Persistence;

namespace Multimodal.Pipeline.Retrieval.VectorData;

/// <summary>What the records of a collection consist of: a key, data, one vector; from attributes, or from a definition.</summary>
/// <typeparam name="TRecord">A class with a constructor without parameters, or a dictionary.</typeparam>
internal sealed class RecordModel<TRecord>
    where TRecord : class
{
    private readonly RecordProperty _key;
    private readonly IReadOnlyList<RecordProperty> _data;
    private readonly RecordProperty _vector;

    private RecordModel(RecordProperty key, IReadOnlyList<RecordProperty> data, RecordProperty vector, IndexDefinition index)
    {
        (_key, _data, _vector, Index) = (key, data, vector, index);
    }

    /// <summary>What the vectors have in common.</summary>
    public IndexDefinition Index { get; }

    /// <summary>The name of the vector's property.</summary>
    public string VectorName => _vector.Name;

    /// <summary>Makes the model of a type's records.</summary>
    /// <exception cref="NotSupportedException">They hold something that is not kept here.</exception>
    /// <exception cref="ArgumentException">The definition does not fit the type.</exception>
    public static RecordModel<TRecord> Create(VectorStoreCollectionDefinition? definition)
    {
        var properties = (definition ?? Describe()).Properties;
        var key = Single<VectorStoreKeyProperty>(properties, "key");
        var vector = Single<VectorStoreVectorProperty>(properties, "vector");
        if (definition?.EmbeddingGenerator is not null || vector.EmbeddingGenerator is not null)
        {
            throw new NotSupportedException($"'{vector.Name}' has an embedding generator; this store takes vectors that were made before.");
        }

        var distance = vector.DistanceFunction ?? DistanceFunction.CosineSimilarity;
        if (!Distances.Supports(distance))
        {
            throw new NotSupportedException($"'{vector.Name}' asks for {distance}; this store knows {Distances.Names}.");
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(vector.Dimensions);
        return new RecordModel<TRecord>(
            Bind(key, typeof(string), type => type == typeof(string), "String"),
            [.. properties.OfType<VectorStoreDataProperty>().Select(data => Bind(data, null, DataValues.Supports, DataValues.Names))],
            Bind(vector, typeof(ReadOnlyMemory<float>), VectorValues.Supports, VectorValues.Names),
            new IndexDefinition(vector.Dimensions, distance));
    }

    /// <summary>A record's key.</summary>
    public string KeyOf(TRecord record) =>
        _key.Get(record) as string is { Length: > 0 } key ? key : throw new ArgumentException($"A record has no '{_key.Name}', which is its key.");

    /// <summary>A record's vector.</summary>
    public ReadOnlyMemory<float> VectorOf(TRecord record) =>
        VectorValues.Find(_vector.Get(record)) ?? throw new ArgumentException($"The record '{KeyOf(record)}' has no '{_vector.Name}', which is its vector.");

    /// <summary>A record's data as it is stored.</summary>
    public byte[] Encode(TRecord record)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var property in _data)
            {
                json.WritePropertyName(property.StorageName);
                DataValues.Write(json, property.Type, property.Get(record));
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>A record as it was stored. Data that it had no property for is left out, data that it has not stays as it is made.</summary>
    public TRecord Decode(string key, ReadOnlyMemory<byte> data, ReadOnlySpan<float> vector, bool withVector)
    {
        var record = Activator.CreateInstance<TRecord>();
        _key.Set(record, key);
        using var json = JsonDocument.Parse(data);
        foreach (var property in _data)
        {
            if (json.RootElement.TryGetProperty(property.StorageName, out var element))
            {
                property.Set(record, DataValues.Read(element, property.Type));
            }
        }

        if (withVector)
        {
            _vector.Set(record, VectorValues.Create(vector.ToArray(), _vector.Type));
        }

        return record;
    }

    private static T Single<T>(IEnumerable<VectorStoreProperty> properties, string what)
        where T : VectorStoreProperty =>
        properties.OfType<T>().ToList() is [var only]
            ? only
            : throw new NotSupportedException($"A record of this store has one {what}; {typeof(TRecord).Name} has another number of them.");

    private static RecordProperty Bind(VectorStoreProperty property, Type? usual, Func<Type, bool> supports, string supported)
    {
        PropertyInfo? member = null;
        if (typeof(TRecord) != typeof(Dictionary<string, object?>))
        {
            member = typeof(TRecord).GetProperty(property.Name)
                ?? throw new ArgumentException($"{typeof(TRecord).Name} has no property '{property.Name}', which the definition names.");
        }

        var type = member?.PropertyType ?? property.Type ?? usual
            ?? throw new ArgumentException($"The definition says no type of '{property.Name}'.");
        return supports(type)
            ? new RecordProperty(property.Name, property.StorageName ?? property.Name, type, member)
            : throw new NotSupportedException($"'{property.Name}' is a {type.Name}; this store keeps {supported} there.");
    }

    private static VectorStoreCollectionDefinition Describe()
    {
        var properties = new List<VectorStoreProperty>();
        foreach (var member in typeof(TRecord).GetProperties())
        {
            if (member.GetCustomAttribute<VectorStoreKeyAttribute>() is { } key)
            {
                properties.Add(new VectorStoreKeyProperty(member.Name, member.PropertyType) { StorageName = key.StorageName });
            }
            else if (member.GetCustomAttribute<VectorStoreDataAttribute>() is { } data)
            {
                properties.Add(new VectorStoreDataProperty(member.Name, member.PropertyType) { StorageName = data.StorageName });
            }
            else if (member.GetCustomAttribute<VectorStoreVectorAttribute>() is { } vector)
            {
                properties.Add(new VectorStoreVectorProperty(member.Name, member.PropertyType, vector.Dimensions)
                {
                    StorageName = vector.StorageName,
                    DistanceFunction = vector.DistanceFunction,
                });
            }
        }

        return new VectorStoreCollectionDefinition { Properties = properties };
    }
}
