using Microsoft.Extensions.VectorData;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Retrieval.VectorData;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Testing.Retrieval;

/// <summary>What <see cref="BlobVectorStore"/> does on every <see cref="IBlobStore"/> alike: a subclass for each adapter.</summary>
public abstract class SharedVectorStoreConformance
{
    private const string Name = "jobs-conformance-2-0123456789ab";

    /// <summary>The blob store; a test's containers are empty at its beginning.</summary>
    protected abstract IBlobStore Blobs { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Store_AnotherProcess_SeesWhatWasWrittenAndDeleted()
    {
        using var writing = Open();
        using var reading = Open();
        await CollectionOf(writing).UpsertAsync([Entry("a", 1, 0), Entry("b", 0, 1)], Token);
        Assert.Equal(["a:text", "b:text"], await SearchAsync(reading, 1, 0));

        await CollectionOf(writing).UpsertAsync(Entry("a", 0, 1), Token);
        await CollectionOf(reading).UpsertAsync(Entry("c", 1, 0), Token);
        Assert.Equal("c:text", (await SearchAsync(writing, 1, 0))[0]);

        await CollectionOf(reading).DeleteAsync("a:text", Token);
        Assert.Equal(["b:text", "c:text"], await SearchAsync(writing, 0, 1));
        using var later = Open();
        Assert.Equal(["b:text", "c:text"], await SearchAsync(later, 0, 1));
        Assert.Equal([Name], await later.ListCollectionNamesAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task Store_ManyProcessesAtOnce_LoseNothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(process => Task.Run(
            async () =>
            {
                using var store = Open(largestLog: 3);
                for (var i = 0; i < 12; i++)
                {
                    await CollectionOf(store).UpsertAsync(Entry($"{process}-{i}", process + 1, i), Token);
                }

                await CollectionOf(store).DeleteAsync(JobEntry.KeyOf(Pipeline.Jobs.JobId.Parse($"{process}-3"), "text"), Token);
            },
            Token)));

        using var reading = Open();
        Assert.Equal(3 * 11, await CollectionOf(reading).GetAsync(_ => true, 100, cancellationToken: Token).CountAsync(Token));
    }

    [Fact]
    public async Task Store_DeletedCollection_LeavesNoBlob()
    {
        using var store = Open();
        await CollectionOf(store).UpsertAsync([Entry("a", 1, 0), Entry("b", 0, 1)], Token);
        await ((IIndexUpkeep)CollectionOf(store).GetService(typeof(IIndexUpkeep))!).CompactAsync(Token);

        await store.EnsureCollectionDeletedAsync(Name, Token);

        Assert.Empty(await Blobs.ListAsync(Containers.Indexes, "", Token).ToListAsync(Token));
        Assert.False(await store.CollectionExistsAsync(Name, Token));
    }

    private static VectorStoreCollection<string, JobEntry> CollectionOf(BlobVectorStore store) =>
        store.GetCollection<string, JobEntry>(Name, JobEntry.Define(2));

    private static async Task<List<string>> SearchAsync(BlobVectorStore store, float x, float y) =>
        await CollectionOf(store).SearchAsync(new float[] { x, y }, 5, cancellationToken: Token).Select(result => result.Record.Key).ToListAsync(Token);

    private static JobEntry Entry(string job, float x, float y) =>
        new() { Key = JobEntry.KeyOf(Pipeline.Jobs.JobId.Parse(job), "text"), JobId = job, Vector = "text", Embedding = new[] { x, y } };

    private BlobVectorStore Open(int largestLog = 256) =>
        new(Blobs, new IndexOptions { Freshness = TimeSpan.Zero, LargestLog = largestLog });
}
