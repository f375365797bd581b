using Multimodal.Pipeline.Storage;

namespace Multimodal.Testing.Storage;

/// <summary>What every <see cref="IBlobStore"/> does alike: a subclass for each adapter.</summary>
public abstract class BlobStoreConformance
{
    private static readonly BlobPath Path = new(Containers.Jobs, "a-job/listing.json");

    /// <summary>The store under test; a test's containers are empty at its beginning.</summary>
    protected abstract IBlobStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_NothingThere_GivesNull()
    {
        Assert.Null(await Store.ReadAsync(Path, Token));
        Assert.Null(await Store.FindAsync(Path, Token));
    }

    [Fact]
    public async Task Write_Content_IsReadBackWithItsETag()
    {
        var eTag = await Store.WriteAsync(Path, "one"u8.ToArray(), cancellationToken: Token);

        var blob = await Store.ReadAsync(Path, Token);
        var entry = await Store.FindAsync(Path, Token);
        Assert.Equal("one"u8.ToArray(), blob!.Content.ToArray());
        Assert.Equal(eTag, blob.ETag);
        Assert.Equal(eTag, entry!.ETag);
        Assert.Equal(3, entry.Length);
        Assert.Equal(Path, entry.Path);
        Assert.InRange(entry.LastModified, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [Fact]
    public async Task Write_NoBytes_IsAnEmptyBlob()
    {
        await Store.WriteAsync(Path, ReadOnlyMemory<byte>.Empty, cancellationToken: Token);

        Assert.Equal(0, (await Store.ReadAsync(Path, Token))!.Content.Length);
    }

    [Fact]
    public async Task Write_ManyTimesTheSameLength_EveryETagDiffers()
    {
        var eTags = new List<string?>();
        for (var i = 0; i < 20; i++)
        {
            eTags.Add(await Store.WriteAsync(Path, "same"u8.ToArray(), cancellationToken: Token));
        }

        Assert.Equal(20, eTags.Distinct().Count());
    }

    [Fact]
    public async Task Write_IfAbsent_WritesOnce()
    {
        Assert.NotNull(await Store.WriteAsync(Path, "one"u8.ToArray(), WriteCondition.IfAbsent, Token));
        Assert.Null(await Store.WriteAsync(Path, "two"u8.ToArray(), WriteCondition.IfAbsent, Token));

        Assert.Equal("one"u8.ToArray(), (await Store.ReadAsync(Path, Token))!.Content.ToArray());
    }

    [Fact]
    public async Task Write_IfMatch_WritesOverThatVersionOnly()
    {
        var first = await Store.WriteAsync(Path, "one"u8.ToArray(), cancellationToken: Token);
        var second = await Store.WriteAsync(Path, "two"u8.ToArray(), WriteCondition.IfMatch(first!), Token);

        Assert.NotNull(second);
        Assert.Null(await Store.WriteAsync(Path, "six"u8.ToArray(), WriteCondition.IfMatch(first!), Token));
        Assert.Equal("two"u8.ToArray(), (await Store.ReadAsync(Path, Token))!.Content.ToArray());
    }

    [Fact]
    public async Task Write_IfMatchWhereNothingIs_WritesNothing()
    {
        var eTag = await Store.WriteAsync(Path, "one"u8.ToArray(), cancellationToken: Token);
        await Store.DeleteAsync(Path, Token);

        Assert.Null(await Store.WriteAsync(Path, "two"u8.ToArray(), WriteCondition.IfMatch(eTag!), Token));
        Assert.Null(await Store.ReadAsync(Path, Token));
    }

    [Fact]
    public async Task Write_ManyAtOnceOverOneVersion_OneWins()
    {
        var eTag = await Store.WriteAsync(Path, "zero"u8.ToArray(), cancellationToken: Token);

        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Task.Run(async () => await Store.WriteAsync(Path, new[] { (byte)i }, WriteCondition.IfMatch(eTag!), Token))));

        Assert.Single(written, eTag => eTag is not null);
    }

    [Fact]
    public async Task Write_ManyAtOnceOnlyIfAbsent_OneWins()
    {
        var written = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Task.Run(async () => await Store.WriteAsync(Path, new[] { (byte)i }, WriteCondition.IfAbsent, Token))));

        Assert.Single(written, eTag => eTag is not null);
    }

    [Fact]
    public async Task List_Prefix_GivesItsBlobsInOrdinalOrder()
    {
        string[] names = ["job/b.txt", "job/a.txt", "job/B.txt", "job/sub/c.txt", "job-2/a.txt", "other/a.txt"];
        foreach (var name in names)
        {
            await Store.WriteAsync(new BlobPath(Containers.Uploads, name), "x"u8.ToArray(), cancellationToken: Token);
        }

        await Store.WriteAsync(new BlobPath(Containers.Features, "job/d.txt"), "x"u8.ToArray(), cancellationToken: Token);

        var listed = await Store.ListAsync(Containers.Uploads, "job/", Token).ToListAsync(Token);
        Assert.Equal(["job/B.txt", "job/a.txt", "job/b.txt", "job/sub/c.txt"], listed.Select(entry => entry.Path.Name));
        Assert.All(listed, entry => Assert.Equal(1, entry.Length));
        Assert.Equal(5, await Store.ListAsync(Containers.Uploads, "job", Token).CountAsync(Token));
        Assert.Equal(6, await Store.ListAsync(Containers.Uploads, "", Token).CountAsync(Token));
    }

    [Fact]
    public async Task List_NothingThere_IsEmpty() =>
        Assert.Empty(await Store.ListAsync(Containers.Results, "nobody/", Token).ToListAsync(Token));

    [Theory]
    [InlineData("", 1)]
    [InlineData("", 3)]
    [InlineData("job", 2)]
    [InlineData("job/", 1)]
    [InlineData("job/", 5_000)]
    [InlineData("job/a", 1)]
    [InlineData("nobody", 2)]
    public async Task ListPage_ManyOfThem_GiveTogetherWhatListGives(string prefix, int count)
    {
        string[] names =
        [
            "job/b.txt", "job/a.txt", "job/a/x.txt", "job/a-b.txt", "job/B.txt", "job/a:b/c d.txt", "job/ünï/1.txt", "job/sub/sub/sub/deep.txt",
            "job-2/a.txt", "job0", "job.txt", "other/a.txt", "job/100%.txt",
        ];
        foreach (var name in names)
        {
            await Store.WriteAsync(new BlobPath(Containers.Uploads, name), "x"u8.ToArray(), cancellationToken: Token);
        }

        var paged = new List<BlobEntry>();
        string? continuation = null;
        do
        {
            var page = await Store.ListPageAsync(Containers.Uploads, prefix, continuation, count, Token);
            Assert.InRange(page.Entries.Count, 0, count);
            paged.AddRange(page.Entries);
            continuation = page.Continuation;
        }
        while (continuation is not null);

        Assert.Equal(await Store.ListAsync(Containers.Uploads, prefix, Token).ToListAsync(Token), paged);
        Assert.Equal(names.Count(name => name.StartsWith(prefix, StringComparison.Ordinal)), paged.Count);
    }

    [Fact]
    public async Task ListPage_ContinuedAfterChanges_GoesOnWhereItWas()
    {
        foreach (var name in new[] { "job/a", "job/b", "job/c", "job/d" })
        {
            await Store.WriteAsync(new BlobPath(Containers.Uploads, name), "x"u8.ToArray(), cancellationToken: Token);
        }

        var first = await Store.ListPageAsync(Containers.Uploads, "job/", null, 2, Token);
        await Store.DeleteAsync(new BlobPath(Containers.Uploads, "job/b"), Token);
        await Store.WriteAsync(new BlobPath(Containers.Uploads, "job/a2"), "x"u8.ToArray(), cancellationToken: Token);
        await Store.WriteAsync(new BlobPath(Containers.Uploads, "job/c2"), "x"u8.ToArray(), cancellationToken: Token);
        var rest = await Store.ListPageAsync(Containers.Uploads, "job/", first.Continuation, 10, Token);

        Assert.Equal(["job/a", "job/b"], first.Entries.Select(entry => entry.Path.Name));
        Assert.Equal(["job/c", "job/c2", "job/d"], rest.Entries.Select(entry => entry.Path.Name));
        Assert.Null(rest.Continuation);
    }

    [Fact]
    public async Task CopyIfAbsent_Blob_IsThereOnce()
    {
        var source = new BlobPath(Containers.Uploads, "folder 1/ünï + 100%.txt");
        await Store.WriteAsync(source, "one"u8.ToArray(), cancellationToken: Token);

        Assert.Equal(CopyOutcome.Copied, await Store.CopyIfAbsentAsync(source, Path, Token));
        var copied = await Store.ReadAsync(Path, Token);
        await Store.WriteAsync(source, "two"u8.ToArray(), cancellationToken: Token);
        Assert.Equal(CopyOutcome.Exists, await Store.CopyIfAbsentAsync(source, Path, Token));

        Assert.Equal("one"u8.ToArray(), copied!.Content.ToArray());
        Assert.Equal(copied.ETag, (await Store.FindAsync(Path, Token))!.ETag);
    }

    [Fact]
    public async Task CopyIfAbsent_NothingThere_MakesNothing()
    {
        Assert.Equal(CopyOutcome.SourceMissing, await Store.CopyIfAbsentAsync(new BlobPath(Containers.Uploads, "nobody/a"), Path, Token));
        Assert.Null(await Store.FindAsync(Path, Token));
    }

    [Fact]
    public async Task CopyIfAbsent_ManyAtOnce_OneIsMade()
    {
        var source = new BlobPath(Containers.Uploads, "a/1");
        await Store.WriteAsync(source, "one"u8.ToArray(), cancellationToken: Token);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await Store.CopyIfAbsentAsync(source, Path, Token))));

        Assert.Single(outcomes, CopyOutcome.Copied);
        Assert.Equal(7, outcomes.Count(outcome => outcome == CopyOutcome.Exists));
    }

    [Fact]
    public async Task List_ETags_AreThoseOfFind()
    {
        await Store.WriteAsync(Path, "one"u8.ToArray(), cancellationToken: Token);

        var listed = Assert.Single(await Store.ListAsync(Path.Container, "a-job/", Token).ToListAsync(Token));
        Assert.Equal((await Store.FindAsync(Path, Token))!.ETag, listed.ETag);
    }

    [Fact]
    public async Task Delete_Blob_IsGone()
    {
        await Store.WriteAsync(Path, "one"u8.ToArray(), cancellationToken: Token);

        Assert.True(await Store.DeleteAsync(Path, Token));
        Assert.False(await Store.DeleteAsync(Path, Token));
        Assert.Null(await Store.ReadAsync(Path, Token));
    }

    [Theory]
    [InlineData("job/ünïcödé 数字.png")]
    [InlineData("job/with space and 100% + #hash?.txt")]
    [InlineData("job/quote'\"<angle>|pipe*.wav")]
    [InlineData("job/CON")]
    [InlineData("job/nul.txt")]
    [InlineData("job/ends with dot.")]
    [InlineData("job/...")]
    [InlineData("job/%2E%2E")]
    public async Task Write_OddName_IsFoundAndListed(string name)
    {
        var path = new BlobPath(Containers.Uploads, name);
        await Store.WriteAsync(path, "x"u8.ToArray(), cancellationToken: Token);

        Assert.NotNull(await Store.ReadAsync(path, Token));
        Assert.Equal(name, Assert.Single(await Store.ListAsync(Containers.Uploads, "job/", Token).ToListAsync(Token)).Path.Name);
        Assert.True(await Store.DeleteAsync(path, Token));
    }
}
