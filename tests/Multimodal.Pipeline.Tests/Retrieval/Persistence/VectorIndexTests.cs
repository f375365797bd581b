using System.Text;
using CsCheck;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tests.Retrieval.Search;
using Multimodal.Testing.Storage;

namespace Multimodal.Pipeline.Tests.Retrieval.Persistence;

public sealed class VectorIndexTests
{
    private readonly InMemoryBlobStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task View_NothingWritten_IsEmpty()
    {
        using var index = new StoredIndex(_store);

        Assert.Empty(await index.ReadAllAsync());
        Assert.False(await index.Index.ExistsAsync(Token));
        await index.EraseAsync("nothing");
        Assert.Empty(await NamesAsync(_store));
    }

    [Fact]
    public Task AnySteps_OnTwoProcesses_GiveWhatADictionaryHolds() =>
        Steps.SampleAsync(async steps =>
        {
            var store = new InMemoryBlobStore();
            var indexes = new[] { new StoredIndex(store), new StoredIndex(store, largestLog: 5) };
            var expected = new Dictionary<string, int>();
            foreach (var (step, process, keys, value) in steps)
            {
                await RunAsync(indexes[process].Index, indexes[process], step, keys, value, expected);
                if (step == Step.Reload)
                {
                    indexes[process].Dispose();
                    indexes[process] = new StoredIndex(store);
                }

                Assert.Equal(expected, (await indexes[process].ReadAllAsync()).OrderBy(pair => pair.Key).ToDictionary());
            }

            Assert.Equal(await indexes[0].ReadAllAsync(), await indexes[1].ReadAllAsync());
            Assert.Equal(Sorted(expected), Sorted(await new StoredIndex(store).ReadAllAsync()));
        });

    [Fact]
    public async Task Put_Often_LeavesFewBlobs()
    {
        using var index = new StoredIndex(_store, largestLog: 8, largestSegment: 1 << 20);
        for (var i = 0; i < 300; i++)
        {
            await index.PutAsync(($"key {i}", i));
        }

        Assert.InRange((await NamesAsync(_store)).Count, 2, 20);
        Assert.Equal(300, (await new StoredIndex(_store).ReadAllAsync()).Count);
    }

    [Fact]
    public async Task Put_SameKeysAgainAndAgain_DoesNotGrow()
    {
        using var index = new StoredIndex(_store, largestLog: 4, largestSegment: 1 << 20);
        for (var i = 0; i < 200; i++)
        {
            await index.PutAsync(($"key {i % 5}", i));
        }

        await index.Index.CompactAsync(Token);

        var bytes = await _store.ListAsync(Containers.Indexes, "", Token).Select(entry => entry.Length).SumAsync(Token);
        Assert.InRange(bytes, 1, 2_000);
        Assert.Equal(new() { ["key 0"] = 195, ["key 1"] = 196, ["key 2"] = 197, ["key 3"] = 198, ["key 4"] = 199 }, Sorted(await index.ReadAllAsync()));
    }

    [Fact]
    public async Task Put_MoreThanASegmentHolds_IsDivided()
    {
        using var index = new StoredIndex(_store, largestSegment: 400);

        await index.PutAsync([.. Enumerable.Range(0, 100).Select(i => ($"key {i}", i))]);
        await index.Index.CompactAsync(Token);

        var segments = await _store.ListAsync(Containers.Indexes, $"{StoredIndex.Name}/segments/", Token).ToListAsync(Token);
        Assert.True(segments.Count > 5);
        Assert.All(segments, segment => Assert.InRange(segment.Length, 1, 700));
        Assert.Equal(100, (await new StoredIndex(_store).ReadAllAsync()).Count);
    }

    [Fact]
    public async Task Erase_WhatIsInSegmentsAndLog_LeavesNothingOfIt()
    {
        using var index = new StoredIndex(_store);
        await index.PutAsync(("secret", 424242), ("other", 1));
        await index.Index.CompactAsync(Token);
        await index.PutAsync(("secret", 434343), ("third", 3));

        await index.EraseAsync("secret");

        await AssertNothingOfAsync(_store, "secret");
        Assert.Equal(new() { ["other"] = 1, ["third"] = 3 }, Sorted(await new StoredIndex(_store).ReadAllAsync()));
    }

    [Fact]
    public async Task Erase_ByAProcessThatHasReadNothing_LeavesNothingOfIt()
    {
        using var writer = new StoredIndex(_store);
        await writer.PutAsync(("secret", 424242));
        await writer.Index.CompactAsync(Token);
        using var eraser = new StoredIndex(_store);

        await eraser.EraseAsync("secret");

        await AssertNothingOfAsync(_store, "secret");
        Assert.Empty(await writer.ReadAllAsync());
    }

    [Fact]
    public async Task Put_AfterAnErasure_IsFoundThoughTheClockIsBehind()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(1));
        using var ahead = new StoredIndex(_store, time: clock);
        await ahead.PutAsync(("key", 1));
        using var behind = new StoredIndex(_store);

        await behind.PutAsync(("key", 2));

        Assert.Equal(new() { ["key"] = 2 }, await ahead.ReadAllAsync());
        await behind.EraseAsync("key");
        Assert.Empty(await ahead.ReadAllAsync());
    }

    [Fact]
    public async Task Open_WithAnotherDimension_IsRefused()
    {
        using var index = new StoredIndex(_store);
        await index.PutAsync(("key", 1));
        using var other = new VectorIndex(
            _store,
            StoredIndex.Name,
            new IndexDefinition(3, Microsoft.Extensions.VectorData.DistanceFunction.DotProductSimilarity),
            new IndexOptions(),
            TimeProvider.System,
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);

        await Assert.ThrowsAsync<IndexMismatchException>(() => other.EnsureExistsAsync(Token));
        await Assert.ThrowsAsync<IndexMismatchException>(() => other.GetViewAsync(Token).AsTask());
    }

    [Fact]
    public async Task DeleteIndex_WithEntries_LeavesNoBlob()
    {
        using var index = new StoredIndex(_store);
        await index.PutAsync(("key", 1));
        await index.Index.CompactAsync(Token);
        await index.PutAsync(("key", 2));

        await index.Index.DeleteAsync(Token);

        Assert.Empty(await NamesAsync(_store));
        Assert.Empty(await index.ReadAllAsync());
        await index.PutAsync(("key", 3));
        Assert.Equal(new() { ["key"] = 3 }, await new StoredIndex(_store).ReadAllAsync());
    }

    internal static async Task AssertNothingOfAsync(IBlobStore store, string key)
    {
        await foreach (var entry in store.ListAsync(Containers.Indexes, "", Token))
        {
            Assert.DoesNotContain(key, Encoding.Latin1.GetString((await store.ReadAsync(entry.Path, Token))!.Content.Span), StringComparison.Ordinal);
        }
    }

    internal static async Task<List<string>> NamesAsync(IBlobStore store) =>
        await store.ListAsync(Containers.Indexes, "", Token).Select(entry => entry.Path.Name).ToListAsync(Token);

    internal static Dictionary<string, int> Sorted(IEnumerable<KeyValuePair<string, int>> entries) =>
        entries.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary();

    private static Gen<(Step Step, int Process, string[] Keys, int Value)[]> Steps { get; } = Gen.Select(
        VectorBlocks.OneOf(Step.Put, Step.Put, Step.Put, Step.Put, Step.Erase, Step.Compact, Step.Reload),
        Gen.Int[0, 1],
        VectorBlocks.OneOf("a", "b", "c", "d", "e", "f").Array[1, 3],
        Gen.Int[0, 1_000]).Array[1, 40];

    private static async Task RunAsync(VectorIndex index, StoredIndex stored, Step step, string[] keys, int value, Dictionary<string, int> expected)
    {
        switch (step)
        {
            case Step.Put:
                await stored.PutAsync([.. keys.Distinct().Select(key => (key, value))]);
                foreach (var key in keys)
                {
                    expected[key] = value;
                }

                break;
            case Step.Erase:
                await stored.EraseAsync(keys);
                foreach (var key in keys)
                {
                    expected.Remove(key);
                }

                break;
            case Step.Compact:
                await index.CompactAsync(Token);
                break;
        }
    }

    internal enum Step
    {
        Put,
        Erase,
        Compact,
        Reload,
    }
}
