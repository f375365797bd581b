using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Blobs;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;
using Multimodal.Testing.Storage;

namespace Multimodal.Storage.Azure.Tests.Encryption;

public sealed class EncryptedAzureBlobStoreTests(AzuriteFixture azurite) : BlobStoreConformance, IAsyncLifetime
{
    private const int RegionBytes = 4 << 20;
    private static readonly BlobPath Path = new(Containers.Results, "a-job/result.json");
    private static readonly byte[] Secret = "the planted secret"u8.ToArray();
    private readonly TestKeys _keys = new();
    private TestStorage? _storage;
    private AzureBlobStore? _store;

    protected override IBlobStore Store => _store!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _storage = await TestStorage.CreateAsync(azurite);
        _store = Open();
    }

    [Fact]
    public async Task Write_Content_LeavesNothingOfItInTheAccount()
    {
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);

        var stored = (await BlobOf(Path).DownloadContentAsync(Token)).Value;
        Assert.Equal(-1, stored.Content.ToMemory().Span.IndexOf(Secret.AsSpan()[..8]));
        Assert.Contains(_keys.Current, stored.Details.Metadata["encryptiondata"], StringComparison.Ordinal);
        Assert.Contains("\"2.0\"", stored.Details.Metadata["encryptiondata"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(RegionBytes - 1)]
    [InlineData(RegionBytes)]
    [InlineData((2 * RegionBytes) + 1)]
    public async Task Find_AnyLength_IsThatOfTheContent(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);

        var eTag = await Store.WriteAsync(Path, content, WriteCondition.IfAbsent, Token);

        Assert.Equal(length, (await Store.FindAsync(Path, Token))!.Length);
        Assert.Equal(length, Assert.Single(await Store.ListAsync(Path.Container, "", Token).ToListAsync(Token)).Length);
        var read = await Store.ReadAsync(Path, Token);
        Assert.Equal(content, read!.Content.ToArray());
        Assert.Equal(eTag, read.ETag);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(RegionBytes + 100)]
    public async Task Write_AnswerLost_IsSentAgainAndKnownAsOurs(int length)
    {
        var content = new byte[length];
        new Random(1).NextBytes(content);
        var connection = new FaultyConnection(RequestMethod.Put, _ => throw new IOException("The answer was lost."));

        var eTag = await new AzureBlobStore(_storage!.BlobsThrough(connection), _keys.Open()).WriteAsync(Path, content, WriteCondition.IfAbsent, Token);

        Assert.Equal(2, connection.Seen);
        var read = await Store.ReadAsync(Path, Token);
        Assert.Equal(content, read!.Content.ToArray());
        Assert.Equal(eTag, read.ETag);
    }

    [Fact]
    public async Task Read_ConnectionBreaksMidway_GivesTheWhole()
    {
        var content = new byte[RegionBytes + 100];
        new Random(1).NextBytes(content);
        await Store.WriteAsync(Path, content, cancellationToken: Token);
        var connection = new FaultyConnection(RequestMethod.Get, async message =>
        {
            var whole = new byte[1 << 20];
            await message.Response.ContentStream!.ReadExactlyAsync(whole, Token);
            message.Response.ContentStream = new BrokenStream(whole);
        });

        Assert.Equal(content, (await new AzureBlobStore(_storage!.BlobsThrough(connection), _keys.Open()).ReadAsync(Path, Token))!.Content.ToArray());
    }

    [Fact]
    public async Task Read_Changed_IsRefused()
    {
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);
        var stored = (await BlobOf(Path).DownloadContentAsync(Token)).Value;
        var bytes = stored.Content.ToArray();
        bytes[20] ^= 1;
        await BlobOf(Path).UploadAsync(BinaryData.FromBytes(bytes), new BlobUploadOptions { Metadata = stored.Details.Metadata }, Token);

        Assert.Equal(Path, (await Assert.ThrowsAsync<BlobDamagedException>(async () => await Store.ReadAsync(Path, Token))).Path);
    }

    [Fact]
    public async Task Read_PlainBlobBesideEncryptedOnes_IsRead()
    {
        await BlobOf(Path).UploadAsync(BinaryData.FromBytes(Secret), Token);

        Assert.Equal(Secret, (await Store.ReadAsync(Path, Token))!.Content.ToArray());
        Assert.Equal(Secret.Length, (await Store.FindAsync(Path, Token))!.Length);
        Assert.Equal((true, null), await _store!.FindKeyAsync(Path, Token));
    }

    [Fact]
    public async Task Read_KeyMissing_NamesItAndLeavesTheBlob()
    {
        var eTag = await Store.WriteAsync(Path, Secret, cancellationToken: Token);
        using var others = new TestKeys();

        var missing = await Assert.ThrowsAsync<BlobKeyException>(async () => await new AzureBlobStore(_storage!.Clients.Blobs, others.Open()).ReadAsync(Path, Token));
        var none = await Assert.ThrowsAsync<BlobKeyException>(async () => await new AzureBlobStore(_storage!.Clients.Blobs).ReadAsync(Path, Token));

        Assert.All([missing, none], e => Assert.Equal(_keys.Current, e.KeyId));
        Assert.Contains(others.Path, missing.Message, StringComparison.Ordinal);
        Assert.Equal(eTag, (await Store.FindAsync(Path, Token))!.ETag);
    }

    [Fact]
    public async Task Rewrap_NewKey_NeedsTheOldKeyNoMore()
    {
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);
        _keys.Extend();
        var store = Open();

        Assert.True(await store.RewrapAsync(Path, Token));
        Assert.False(await store.RewrapAsync(Path, Token));
        Assert.False(await store.RewrapAsync(new BlobPath(Containers.Results, "nobody"), Token));

        Assert.Equal((true, _keys.Current), await store.FindKeyAsync(Path, Token));
        Assert.Equal(Secret, (await store.ReadAsync(Path, Token))!.Content.ToArray());
    }

    public ValueTask DisposeAsync()
    {
        _keys.Dispose();
        return ValueTask.CompletedTask;
    }

    private AzureBlobStore Open() => new(_storage!.Clients.Blobs, _keys.Open());

    private BlobClient BlobOf(BlobPath path) => _storage!.Clients.Blobs.GetBlobContainerClient(path.Container).GetBlobClient(path.Name);
}
