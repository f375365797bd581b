using Azure;
using Azure.Core;
using Azure.Storage.Blobs.Specialized;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Blobs;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;

namespace Multimodal.Storage.Azure.Tests.Blobs;

public sealed class AzureBlobStoreTests(AzuriteFixture azurite)
{
    private static readonly BlobPath Path = new(Containers.Jobs, "a-job.json");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_ETag_IsTheServicesWithoutQuotes()
    {
        var storage = await TestStorage.CreateAsync(azurite);

        var eTag = await new AzureBlobStore(storage.Clients.Blobs).WriteAsync(Path, "{}"u8.ToArray(), cancellationToken: Token);

        var properties = (await storage.Clients.Blobs.GetBlobContainerClient(Path.Container).GetBlobClient(Path.Name)
            .GetPropertiesAsync(cancellationToken: Token)).Value;
        Assert.Matches("^0x[0-9A-F]+$", eTag);
        Assert.Equal($"\"{eTag}\"", properties.ETag.ToString("H"));
        Assert.Equal("application/json", properties.ContentType);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_AnswerLost_ConditionalWriteIsKnownAsOurs(bool absent)
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var condition = absent
            ? WriteCondition.IfAbsent
            : WriteCondition.IfMatch((await new AzureBlobStore(storage.Clients.Blobs).WriteAsync(Path, "old"u8.ToArray(), cancellationToken: Token))!);
        var connection = new FaultyConnection(RequestMethod.Put, _ => throw new IOException("The answer was lost."));
        var store = new AzureBlobStore(storage.BlobsThrough(connection));

        var eTag = await store.WriteAsync(Path, "ours"u8.ToArray(), condition, Token);

        Assert.Equal(2, connection.Seen);
        Assert.NotNull(eTag);
        Assert.Equal(eTag, (await store.FindAsync(Path, Token))!.ETag);
    }

    [Fact]
    public async Task Write_AnswerLostAndAnotherWroteOverIt_GivesNull()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var direct = new AzureBlobStore(storage.Clients.Blobs);
        var connection = new FaultyConnection(RequestMethod.Put, async _ =>
        {
            await direct.WriteAsync(Path, "theirs"u8.ToArray(), cancellationToken: Token);
            throw new IOException("The answer was lost.");
        });

        Assert.Null(await new AzureBlobStore(storage.BlobsThrough(connection)).WriteAsync(Path, "ours"u8.ToArray(), WriteCondition.IfAbsent, Token));

        Assert.Equal("theirs"u8.ToArray(), (await direct.ReadAsync(Path, Token))!.Content.ToArray());
    }

    [Fact]
    public async Task Read_ChangedWhileTheConnectionBroke_IsOneVersion()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var direct = new AzureBlobStore(storage.Clients.Blobs);
        await direct.WriteAsync(Path, "old old old"u8.ToArray(), cancellationToken: Token);
        string? newer = null;
        var connection = new FaultyConnection(RequestMethod.Get, async message =>
        {
            newer = await direct.WriteAsync(Path, "new new new"u8.ToArray(), cancellationToken: Token);
            message.Response.ContentStream = new BrokenStream("old "u8.ToArray());
        });

        var read = await new AzureBlobStore(storage.BlobsThrough(connection)).ReadAsync(Path, Token);

        Assert.Equal("new new new"u8.ToArray(), read!.Content.ToArray());
        Assert.Equal(newer, read.ETag);
    }

    [Fact]
    public async Task Read_ContainerMissing_IsAnError()
    {
        var store = new AzureBlobStore((await TestStorage.CreateBareAsync(azurite)).Clients.Blobs);

        Assert.Equal("ContainerNotFound", (await Assert.ThrowsAsync<RequestFailedException>(async () => await store.ReadAsync(Path, Token))).ErrorCode);
        Assert.Equal("ContainerNotFound", (await Assert.ThrowsAsync<RequestFailedException>(async () => await store.FindAsync(Path, Token))).ErrorCode);
        Assert.Equal("ContainerNotFound", (await Assert.ThrowsAsync<RequestFailedException>(async () =>
            await store.WriteAsync(Path, "x"u8.ToArray(), WriteCondition.IfAbsent, Token))).ErrorCode);
        Assert.Equal("ContainerNotFound", (await Assert.ThrowsAsync<RequestFailedException>(async () => await store.DeleteAsync(Path, Token))).ErrorCode);
        Assert.Equal("ContainerNotFound", (await Assert.ThrowsAsync<RequestFailedException>(async () =>
            await store.ListAsync(Path.Container, "", Token).ToListAsync(Token))).ErrorCode);
    }

    // Were this taken for a newer version, whoever changes a record would try for ever.
    [Fact]
    public async Task Write_BlobLeasedByAnother_IsAnError()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var store = new AzureBlobStore(storage.Clients.Blobs);
        var eTag = await store.WriteAsync(Path, "x"u8.ToArray(), cancellationToken: Token);
        await storage.Clients.Blobs.GetBlobContainerClient(Path.Container).GetBlobClient(Path.Name).GetBlobLeaseClient()
            .AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: Token);

        var fault = await Assert.ThrowsAsync<RequestFailedException>(async () =>
            await store.WriteAsync(Path, "y"u8.ToArray(), WriteCondition.IfMatch(eTag!), Token));

        Assert.Equal("LeaseIdMissing", fault.ErrorCode);
    }

    [Theory]
    [InlineData("job/../another/a.txt")]
    [InlineData("job/./a.txt")]
    [InlineData("..")]
    public async Task Any_NameThatMeansAnotherBlobInAnAddress_IsRefused(string name)
    {
        var storage = await TestStorage.CreateAsync(azurite);

        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await new AzureBlobStore(storage.Clients.Blobs).WriteAsync(new BlobPath(Containers.Uploads, name), "x"u8.ToArray(), cancellationToken: Token));
    }

    [Fact]
    public async Task Delete_BlobWithSnapshots_IsGone()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var store = new AzureBlobStore(storage.Clients.Blobs);
        await store.WriteAsync(Path, "x"u8.ToArray(), cancellationToken: Token);
        await storage.Clients.Blobs.GetBlobContainerClient(Path.Container).GetBlobClient(Path.Name).CreateSnapshotAsync(cancellationToken: Token);

        Assert.True(await store.DeleteAsync(Path, Token));

        Assert.Null(await store.FindAsync(Path, Token));
    }

    [Fact]
    public async Task List_MoreThanOnePage_GivesAllInOrder()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var pages = new SmallPages(7);
        var store = new AzureBlobStore(storage.BlobsThrough(pages, HttpPipelinePosition.PerCall));
        var names = Enumerable.Range(0, 40).Select(i => $"job/{i * 37 % 40:d2}.txt").ToList();
        await Task.WhenAll(names.Select(async name => await store.WriteAsync(new BlobPath(Containers.Uploads, name), "x"u8.ToArray(), cancellationToken: Token)));

        Assert.Equal(
            names.Order(StringComparer.Ordinal),
            await store.ListAsync(Containers.Uploads, "job/", Token).Select(entry => entry.Path.Name).ToListAsync(Token));
        Assert.Equal(6, pages.Requested);
    }
}
