using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;

namespace Multimodal.Pipeline.Tests.Retrieval.Persistence;

/// <summary>What is left of an index when a process dies, is overtaken, or finds a damaged blob.</summary>
public sealed class IndexFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_ProcessDiesAtAnyPoint_HappenedOrNot()
    {
        Dictionary<string, int> before = new() { ["a"] = 1, ["b"] = 2, ["c"] = 3 };
        Dictionary<string, int> after = new() { ["a"] = 10, ["b"] = 2, ["c"] = 3, ["d"] = 4 };
        var outcomes = await DieEverywhereAsync(
            index => index.PutAsync(("a", 10), ("d", 4)),
            found => Assert.True(Same(found, before) || Same(found, after)));

        Assert.Contains(outcomes, found => Same(found, before));
        Assert.Contains(outcomes, found => Same(found, after));
    }

    [Fact]
    public async Task Compact_ProcessDiesAtAnyPoint_ChangesNothing() => await DieEverywhereAsync(
        index => index.Index.CompactAsync(Token), found => Assert.True(Same(found, new() { ["a"] = 1, ["b"] = 2, ["c"] = 3 })));

    [Fact]
    public async Task Erase_ProcessDiesAtAnyPoint_HappenedOrNotAndIsDoneByTheNext()
    {
        Dictionary<string, int> before = new() { ["a"] = 1, ["b"] = 2, ["c"] = 3, ["secret"] = 424242 };
        Dictionary<string, int> after = new() { ["a"] = 1, ["b"] = 2, ["c"] = 3 };
        var outcomes = await DieEverywhereAsync(
            index => index.EraseAsync("secret"),
            found => Assert.True(Same(found, before) || Same(found, after)),
            async store =>
            {
                using var next = new StoredIndex(store);
                await next.EraseAsync("secret");
                Assert.True(Same(await next.ReadAllAsync(), after));
                await VectorIndexTests.AssertNothingOfAsync(store, "secret");
                Assert.Single(await VectorIndexTests.NamesAsync(store), name => name.Contains("/segments/", StringComparison.Ordinal));
            },
            secret: true);

        Assert.Contains(outcomes, found => Same(found, before));
        Assert.Contains(outcomes, found => Same(found, after));
    }

    [Fact]
    public async Task Erase_BesideACompactionThatReadBefore_LeavesNothing()
    {
        // The compaction stops before each of its operations while another process erases, then goes on.
        for (var stop = 1; ; stop++)
        {
            var store = await PrepareAsync(secret: true);
            var faulty = new FaultyBlobStore(store);
            using var compacting = new StoredIndex(faulty);
            using var erasing = new StoredIndex(store);
            var stopped = false;
            faulty.Before = async number =>
            {
                if (number == stop)
                {
                    stopped = true;
                    await erasing.EraseAsync("secret");
                }
            };

            await compacting.Index.CompactAsync(Token);

            if (!stopped)
            {
                Assert.True(stop > 10);
                return;
            }

            Assert.DoesNotContain("secret", (await new StoredIndex(store).ReadAllAsync()).Keys);
            Assert.DoesNotContain("secret", (await compacting.ReadAllAsync()).Keys);
            await VectorIndexTests.AssertNothingOfAsync(store, "secret");
        }
    }

    [Fact]
    public async Task Put_BesideACompactionOfAnotherProcess_IsKept()
    {
        for (var stop = 1; ; stop++)
        {
            var store = await PrepareAsync(secret: false);
            var faulty = new FaultyBlobStore(store);
            using var compacting = new StoredIndex(faulty);
            using var writing = new StoredIndex(store, largestLog: 1);
            var stopped = false;
            faulty.Before = async number =>
            {
                if (number == stop)
                {
                    stopped = true;
                    await writing.PutAsync(("a", 10));
                    await writing.PutAsync(("d", 4));
                    await writing.PutAsync(("e", 5));
                }
            };

            await compacting.Index.CompactAsync(Token);

            if (!stopped)
            {
                Assert.True(stop > 10);
                return;
            }

            Dictionary<string, int> expected = new() { ["a"] = 10, ["b"] = 2, ["c"] = 3, ["d"] = 4, ["e"] = 5 };
            Assert.Equal(expected, VectorIndexTests.Sorted(await new StoredIndex(store).ReadAllAsync()));
            Assert.Equal(expected, VectorIndexTests.Sorted(await compacting.ReadAllAsync()));
        }
    }

    [Fact]
    public async Task Read_BesideACompactionOfAnotherProcess_MissesNothing()
    {
        for (var stop = 1; ; stop++)
        {
            var store = await PrepareAsync(secret: false);
            var faulty = new FaultyBlobStore(store);
            using var reading = new StoredIndex(faulty);
            using var compacting = new StoredIndex(store);
            var stopped = false;
            faulty.Before = async number =>
            {
                if (number == stop)
                {
                    stopped = true;
                    await compacting.Index.CompactAsync(Token);
                }
            };

            Assert.Equal(new() { ["a"] = 1, ["b"] = 2, ["c"] = 3 }, VectorIndexTests.Sorted(await reading.ReadAllAsync()));
            if (!stopped)
            {
                Assert.True(stop > 5);
                return;
            }
        }
    }

    [Fact]
    public async Task ManyWriters_AtOnce_LoseNothing()
    {
        var store = new InMemoryBlobStore();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(writer => Task.Run(
            async () =>
            {
                using var index = new StoredIndex(store, largestLog: 4);
                for (var i = 0; i < 40; i++)
                {
                    await index.PutAsync(($"{writer}-{i}", i));
                    if (i % 10 == 9)
                    {
                        await index.EraseAsync($"{writer}-{i - 5}");
                    }
                }
            },
            Token)));

        var found = await new StoredIndex(store).ReadAllAsync();
        Assert.Equal(6 * 36, found.Count);
        Assert.All(found, pair => Assert.EndsWith($"-{pair.Value}", pair.Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("segments/")]
    [InlineData("log/")]
    public async Task Read_DamagedBlob_IsNamedAndTheRestIsServed(string prefix)
    {
        var store = await PrepareAsync(secret: false);
        var damaged = (await store.ListAsync(Containers.Indexes, $"{StoredIndex.Name}/{prefix}", Token).LastAsync(Token)).Path;
        var content = (await store.ReadAsync(damaged, Token))!.Content.ToArray();
        content[70] ^= 1;
        await store.WriteAsync(damaged, content, cancellationToken: Token);
        using var index = new StoredIndex(store);

        var found = await index.ReadAllAsync();

        Assert.InRange(found.Count, 1, 2);
        var fault = Assert.Single((await index.Index.GetViewAsync(Token)).Damaged);
        Assert.Equal(damaged, fault.Blob);
        Assert.Contains(damaged.ToString(), fault.Message, StringComparison.Ordinal);

        // It may hold what is to be erased, and that cannot be told; other things are still written and erased.
        Assert.Equal(damaged, (await Assert.ThrowsAsync<IndexDamagedException>(() => index.EraseAsync(found.Keys.First()))).Blob);
        await index.PutAsync(("new", 7));
        Assert.Equal(VectorIndexTests.Sorted([.. found.Skip(1), new("new", 7)]), VectorIndexTests.Sorted(await new StoredIndex(store).ReadAllAsync()));
    }

    [Fact]
    public async Task Read_SegmentThatIsGone_IsNamedAndTheRestIsServed()
    {
        var store = await PrepareAsync(secret: false);
        var gone = (await store.ListAsync(Containers.Indexes, $"{StoredIndex.Name}/segments/", Token).FirstAsync(Token)).Path;
        await store.DeleteAsync(gone, Token);
        using var index = new StoredIndex(store);

        Assert.NotEmpty(await index.ReadAllAsync());
        Assert.Equal(gone, Assert.Single((await index.Index.GetViewAsync(Token)).Damaged).Blob);
    }

    [Fact]
    public async Task Read_ManifestThatIsDamagedOrGone_IsNamed()
    {
        var store = await PrepareAsync(secret: false);
        var manifest = new BlobPath(Containers.Indexes, $"{StoredIndex.Name}/manifest.json");
        await store.WriteAsync(manifest, "{"u8.ToArray(), cancellationToken: Token);
        Assert.Equal(manifest, (await Assert.ThrowsAsync<IndexDamagedException>(() => new StoredIndex(store).ReadAllAsync())).Blob);

        await store.DeleteAsync(manifest, Token);
        Assert.Equal(manifest, (await Assert.ThrowsAsync<IndexDamagedException>(() => new StoredIndex(store).ReadAllAsync())).Blob);
    }

    [Fact]
    public void Read_AnyByteOfASegmentChanged_IsRefused()
    {
        var path = new BlobPath(Containers.Indexes, "x/segments/y");
        var file = SegmentFile.Write(2, [new IndexEntry("key", EntryVersion.Create(1), new float[] { 1, 2 }, "data"u8.ToArray())]);
        Assert.Equal("key", SegmentFile.Read(path, file, 2).Keys[0]);
        for (var i = 0; i < file.Length; i++)
        {
            file[i] ^= 0x10;
            Assert.Throws<IndexDamagedException>(() => SegmentFile.Read(path, file, 2));
            Assert.Throws<IndexDamagedException>(() => SegmentFile.Read(path, file.AsMemory(0, i), 2));
            file[i] ^= 0x10;
        }
    }

    private static async Task<List<Dictionary<string, int>>> DieEverywhereAsync(
        Func<StoredIndex, Task> work,
        Action<Dictionary<string, int>> check,
        Func<IBlobStore, Task>? then = null,
        bool secret = false)
    {
        var outcomes = new List<Dictionary<string, int>>();
        foreach (var takesEffect in new[] { false, true })
        {
            for (var at = 1; ; at++)
            {
                var store = await PrepareAsync(secret);
                var faulty = new FaultyBlobStore(store) { FailBefore = takesEffect ? 0 : at };
                faulty.Before = number =>
                {
                    faulty.DiesAfter |= number >= at;
                    return Task.CompletedTask;
                };
                using var dying = new StoredIndex(faulty, largestLog: 1);
                var died = false;
                try
                {
                    await work(dying);
                }
                catch (IOException)
                {
                    died = true;
                }

                var found = await new StoredIndex(store).ReadAllAsync();
                check(found);
                outcomes.Add(found);
                if (then is not null)
                {
                    await then(store);
                }
                else
                {
                    using var next = new StoredIndex(store);
                    await next.Index.CompactAsync(Token);
                    Assert.True(Same(found, await next.ReadAllAsync()));
                }

                if (!died && faulty.Operations < at)
                {
                    break;
                }
            }
        }

        return outcomes;
    }

    /// <summary>a, b and c: in a segment, replaced in the log, and so on.</summary>
    private static async Task<InMemoryBlobStore> PrepareAsync(bool secret)
    {
        var store = new InMemoryBlobStore();
        using var index = new StoredIndex(store, largestLog: 100);
        await index.PutAsync(("a", 99), ("b", 2));
        if (secret)
        {
            await index.PutAsync(("secret", 424242));
        }

        await index.Index.CompactAsync(Token);
        await index.PutAsync(("a", 1));
        await index.PutAsync(("c", 3));
        return store;
    }

    private static bool Same(Dictionary<string, int> found, Dictionary<string, int> expected) =>
        found.Count == expected.Count && expected.All(pair => found.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
