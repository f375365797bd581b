using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Retrieval.VectorData;
using Multimodal.Testing.Storage;

namespace Multimodal.Pipeline.Tests.Retrieval.VectorData;

public sealed class BlobVectorStoreTests : IDisposable
{
    private readonly InMemoryBlobStore _blobs = new();
    private readonly BlobVectorStore _store;

    public BlobVectorStoreTests() => _store = Open();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Upsert_EveryTypeOfData_IsReadBack()
    {
        var collection = _store.GetCollection<string, EveryType>("every");
        var record = new EveryType
        {
            Key = "ключ/1",
            Text = "a \"text\"",
            Flag = true,
            Whole = -3,
            Long = long.MaxValue,
            Single = 0.1f,
            Double = 1e-300,
            Decimal = 1.10m,
            Id = Guid.NewGuid(),
            Day = new DateTime(2026, 11, 26, 1, 2, 3, DateTimeKind.Utc),
            Time = new DateTimeOffset(2026, 11, 26, 1, 2, 3, TimeSpan.FromHours(2)),
            Array = ["x", "y"],
            List = ["z"],
            Vector = new Embedding<float>(new float[] { 3, 4 }),
        };

        await collection.UpsertAsync(record, Token);

        using var other = Open();
        var read = await other.GetCollection<string, EveryType>("every").GetAsync("ключ/1", new() { IncludeVectors = true }, Token);
        Assert.NotNull(read);
        Assert.Equal(new float[] { 0.6f, 0.8f }, read.Vector!.Vector.ToArray());
        read.Vector = record.Vector;
        Assert.Equivalent(record, read, strict: true);
        Assert.Null(read.Nothing);
        Assert.Null((await collection.GetAsync("ключ/1", cancellationToken: Token))!.Vector);
    }

    [Fact]
    public async Task Search_Cosine_ComparesDirections()
    {
        var collection = await FillAsync();

        var found = await collection.SearchAsync(new ReadOnlyMemory<float>([10, 0]), 2, cancellationToken: Token).ToListAsync(Token);

        Assert.Equal(["east", "north-east"], found.Select(result => result.Record.Key));
        Assert.Equal(1, found[0].Score!.Value, 1e-7);
        Assert.Equal(Math.Sqrt(0.5), found[1].Score!.Value, 1e-7);
        Assert.Equal(0, found[0].Record.Vector.Length);
    }

    [Theory]
    [InlineData(nameof(DistanceFunction.CosineDistance), 0.292893)]
    [InlineData(nameof(DistanceFunction.DotProductSimilarity), 20)]
    [InlineData(nameof(DistanceFunction.NegativeDotProductSimilarity), -20)]
    public async Task Search_OtherDistances_GiveTheirScores(string distance, double expected)
    {
        var collection = _store.GetDynamicCollection("places", new VectorStoreCollectionDefinition
        {
            Properties =
            [
                new VectorStoreKeyProperty("key", typeof(string)),
                new VectorStoreVectorProperty("vector", typeof(float[]), 2) { DistanceFunction = distance },
            ],
        });
        await collection.UpsertAsync([new() { ["key"] = "ne", ["vector"] = new float[] { 2, 2 } }, new() { ["key"] = "w", ["vector"] = new float[] { -1, 0 } }], Token);

        var found = await collection.SearchAsync(new float[] { 10, 0 }, 2, new() { IncludeVectors = true }, Token).ToListAsync(Token);

        Assert.Equal(["ne", "w"], found.Select(result => result.Record["key"]));
        Assert.Equal(expected, found[0].Score!.Value, 1e-5);
        Assert.Equal(distance == DistanceFunction.CosineDistance ? MathF.Sqrt(0.5f) : 2, ((float[])found[0].Record["vector"]!)[0]);

        // A threshold is the least of a similarity, and the most of a distance.
        var threshold = distance is DistanceFunction.DotProductSimilarity ? expected - 0.001 : expected + 0.001;
        Assert.Single(await collection.SearchAsync(new float[] { 10, 0 }, 2, new() { ScoreThreshold = threshold }, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Search_WithFilters_FindsWhatPasses()
    {
        var collection = await FillAsync();
        string[] wanted = ["red", "blue"];
        var since = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(["north", "west"], await FindAsync(place => place.Colour == "blue"));
        Assert.Equal(["east", "north", "west"], await FindAsync(place => wanted.Contains(place.Colour)));
        Assert.Equal(["north-east", "north"], await FindAsync(place => place.Tags.Contains("cold")));
        Assert.Equal(["north-east", "west"], await FindAsync(place => place.Seen >= since && !(place.Colour == "blue" && place.Tags.Contains("cold"))));
        Assert.Empty(await FindAsync(place => place.Colour == "none"));

        async Task<List<string>> FindAsync(System.Linq.Expressions.Expression<Func<Place, bool>> filter) =>
            await collection.SearchAsync(new ReadOnlyMemory<float>([1, 0.1f]), 10, new() { Filter = filter }, Token)
                .Select(result => result.Record.Key).ToListAsync(Token);
    }

    [Fact]
    public async Task Search_SkipAndThreshold_CutTheList()
    {
        var collection = await FillAsync();
        var query = new ReadOnlyMemory<float>([1, 0.1f]);

        Assert.Equal(["north-east", "north"], await collection.SearchAsync(query, 2, new() { Skip = 1 }, Token).Select(result => result.Record.Key).ToListAsync(Token));
        Assert.Equal(["east", "north-east"], await collection.SearchAsync(query, 9, new() { ScoreThreshold = 0.5 }, Token).Select(result => result.Record.Key).ToListAsync(Token));
    }

    [Fact]
    public async Task Get_ByAFilter_IsOrderedAndCut()
    {
        var collection = await FillAsync();

        Assert.Equal(
            ["west", "north-east"],
            await collection.GetAsync(place => place.Key != "east", 2, new() { OrderBy = order => order.Descending(place => place.Seen) }, Token)
                .Select(place => place.Key).ToListAsync(Token));
        Assert.Equal(["north", "north-east", "west"], await collection.GetAsync(place => true, 9, new() { Skip = 1 }, Token).Select(place => place.Key).ToListAsync(Token));
        Assert.Equal(["west", "east"], await collection.GetAsync(["west", "none", "east"], cancellationToken: Token).Select(place => place.Key).ToListAsync(Token));
    }

    [Fact]
    public async Task Records_OfCallers_AreTheirOwn()
    {
        var collection = await FillAsync();
        (await collection.GetAsync(place => place.Colour == "red", 1, cancellationToken: Token).SingleAsync(Token)).Colour = "changed";

        Assert.NotNull(await collection.GetAsync(place => place.Colour == "red", 1, cancellationToken: Token).SingleOrDefaultAsync(Token));
    }

    [Fact]
    public async Task Collections_Names_AreListedMadeAndDeleted()
    {
        var collection = await FillAsync();
        await _store.GetCollection<string, EveryType>("every").EnsureCollectionExistsAsync(Token);

        Assert.Equal(["every", "places"], await _store.ListCollectionNamesAsync(Token).ToListAsync(Token));
        Assert.True(await _store.CollectionExistsAsync("places", Token));
        await _store.EnsureCollectionDeletedAsync("places", Token);
        await _store.EnsureCollectionDeletedAsync("places", Token);
        Assert.False(await collection.CollectionExistsAsync(Token));
        Assert.Empty(await collection.SearchAsync(new float[] { 1, 0 }, 1, cancellationToken: Token).ToListAsync(Token));
        await Assert.ThrowsAsync<ArgumentException>(() => _store.CollectionExistsAsync("a/b", Token));
    }

    [Fact]
    public async Task Delete_Keys_AreGone()
    {
        var collection = await FillAsync();

        await collection.DeleteAsync("east", Token);
        await collection.DeleteAsync(["west", "none"], Token);

        Assert.Null(await collection.GetAsync("east", cancellationToken: Token));
        Assert.Equal(2, await collection.GetAsync(_ => true, 9, cancellationToken: Token).CountAsync(Token));
    }

    [Fact]
    public async Task Vectors_ThatCannotBeCompared_AreRefused()
    {
        var collection = await FillAsync();

        Assert.Contains("3 numbers", (await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(1, 2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("finite", (await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(1, float.NaN))).Message, StringComparison.Ordinal);
        Assert.Contains("zero", (await Assert.ThrowsAsync<ArgumentException>(() => PutAsync(0, 0))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => collection.SearchAsync(new float[3], 1, cancellationToken: Token).ToListAsync(Token).AsTask());

        Task PutAsync(params float[] vector) => collection.UpsertAsync(new Place { Key = "bad", Vector = vector }, Token);
    }

    [Fact]
    public async Task WhatIsNotSupported_IsRefusedByName()
    {
        Assert.Throws<NotSupportedException>(() => _store.GetCollection<int, Place>("places"));
        Assert.Contains("Int32[]", Refusal(new VectorStoreDataProperty("Numbers", typeof(int[]))), StringComparison.Ordinal);
        Assert.Contains(
            DistanceFunction.HammingDistance,
            Refusal(new VectorStoreVectorProperty("v", typeof(float[]), 2) { DistanceFunction = DistanceFunction.HammingDistance }),
            StringComparison.Ordinal);
        Assert.Contains("another number", Refusal(new VectorStoreVectorProperty("v", typeof(float[]), 2), new VectorStoreVectorProperty("w", typeof(float[]), 2)), StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(async () =>
            await (await FillAsync()).SearchAsync("a text", 1, cancellationToken: Token).ToListAsync(Token));

        string Refusal(params VectorStoreProperty[] properties)
        {
            VectorStoreProperty[] vector = properties.OfType<VectorStoreVectorProperty>().Any() ? [] : [new VectorStoreVectorProperty("v", typeof(float[]), 2)];
            return Assert.Throws<NotSupportedException>(() => _store.GetDynamicCollection(
                "x", new VectorStoreCollectionDefinition { Properties = [new VectorStoreKeyProperty("k", typeof(string)), .. vector, .. properties] })).Message;
        }
    }

    [Fact]
    public async Task GetService_OfStoreAndCollection_TellsWhatTheyAre()
    {
        var collection = await FillAsync();

        Assert.Equal(BlobVectorStore.SystemName, ((VectorStoreMetadata)_store.GetService(typeof(VectorStoreMetadata))!).VectorStoreSystemName);
        Assert.Equal("places", ((VectorStoreCollectionMetadata)collection.GetService(typeof(VectorStoreCollectionMetadata))!).CollectionName);
        var upkeep = Assert.IsType<IIndexUpkeep>(collection.GetService(typeof(IIndexUpkeep)), exactMatch: false);
        await upkeep.CompactAsync(Token);
        Assert.Empty(await upkeep.FindDamageAsync(Token));
        Assert.Null(collection.GetService(typeof(IIndexUpkeep), "key"));
    }

    private BlobVectorStore Open() => new(_blobs, new IndexOptions { Freshness = TimeSpan.Zero });

    private async Task<VectorStoreCollection<string, Place>> FillAsync()
    {
        var collection = _store.GetCollection<string, Place>("places");
        await collection.UpsertAsync(
            [
                new Place { Key = "east", Colour = "red", Tags = ["warm"], Seen = Day(1), Vector = new float[] { 2, 0 } },
                new Place { Key = "north", Colour = "blue", Tags = ["cold"], Seen = Day(2), Vector = new float[] { 0, 1 } },
                new Place { Key = "north-east", Colour = "green", Tags = ["cold", "warm"], Seen = Day(3), Vector = new float[] { 5, 5 } },
                new Place { Key = "west", Colour = "blue", Seen = Day(4), Vector = new float[] { -1, 0 } },
            ],
            Token);
        return collection;
    }

    private static DateTimeOffset Day(int day) => new(2026, 1, day, 0, 0, 0, TimeSpan.Zero);

    internal sealed class Place
    {
        [VectorStoreKey]
        public string Key { get; set; } = "";

        [VectorStoreData]
        public string? Colour { get; set; }

        [VectorStoreData(StorageName = "t")]
        public List<string> Tags { get; set; } = [];

        [VectorStoreData]
        public DateTimeOffset Seen { get; set; }

        [VectorStoreVector(2)]
        public ReadOnlyMemory<float> Vector { get; set; }
    }

    internal sealed class EveryType
    {
        [VectorStoreKey]
        public string Key { get; set; } = "";

        [VectorStoreData]
        public string? Text { get; set; }

        [VectorStoreData]
        public bool Flag { get; set; }

        [VectorStoreData]
        public int Whole { get; set; }

        [VectorStoreData]
        public long? Long { get; set; }

        [VectorStoreData]
        public float Single { get; set; }

        [VectorStoreData]
        public double Double { get; set; }

        [VectorStoreData]
        public decimal Decimal { get; set; }

        [VectorStoreData]
        public Guid Id { get; set; }

        [VectorStoreData]
        public DateTime Day { get; set; }

        [VectorStoreData]
        public DateTimeOffset Time { get; set; }

        [VectorStoreData]
        public DateTimeOffset? Nothing { get; set; }

        [VectorStoreData]
        public string[] Array { get; set; } = [];

        [VectorStoreData]
        public List<string>? List { get; set; }

        [VectorStoreVector(2)]
        public Embedding<float>? Vector { get; set; }
    }
}
