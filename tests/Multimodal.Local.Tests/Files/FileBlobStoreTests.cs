using Multimodal.Local.Files;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;

namespace Multimodal.Local.Tests.Files;

public sealed class FileBlobStoreTests : BlobStoreConformance, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    public FileBlobStoreTests() => Store = new FileBlobStore(_root);

    protected override IBlobStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_FileDroppedInByHand_IsABlob()
    {
        var file = Path.Combine(_root, Containers.Uploads, "job", "dropped.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "hello", Token);
        var path = new BlobPath(Containers.Uploads, "job/dropped.txt");

        var before = await Store.FindAsync(path, Token);
        await File.WriteAllTextAsync(file, "hello, world", Token);
        var after = await Store.FindAsync(path, Token);

        Assert.Equal(5, before!.Length);
        Assert.NotEqual(before.ETag, after!.ETag);
    }

    [Fact]
    public async Task Read_WhileAnotherWrites_SeesTheOldOrTheNew()
    {
        var path = new BlobPath(Containers.Jobs, "contended.json");
        byte[] Content(byte value) => [.. Enumerable.Repeat(value, 100_000)];
        await Store.WriteAsync(path, Content(0), cancellationToken: Token);

        var writer = Task.Run(async () =>
        {
            for (byte i = 1; i <= 50; i++)
            {
                await Store.WriteAsync(path, Content(i), cancellationToken: Token);
            }
        }, Token);
        while (!writer.IsCompleted)
        {
            var content = (await Store.ReadAsync(path, Token))!.Content;
            Assert.Equal(100_000, content.Length);
            Assert.False(content.Span.ContainsAnyExcept(content.Span[0]));
        }

        await writer;
    }

    [Fact]
    public async Task Write_TwoStoresOnOneFolder_NoUpdateIsLost()
    {
        var path = new BlobPath(Containers.Jobs, "counter");
        IBlobStore[] stores = [Store, new FileBlobStore(_root)];
        await Store.WriteAsync(path, BitConverter.GetBytes(0), cancellationToken: Token);

        await Task.WhenAll(stores.SelectMany(store => Enumerable.Range(0, 4).Select(_ => Task.Run(() => IncrementAsync(store)))));

        Assert.Equal(80, BitConverter.ToInt32((await Store.ReadAsync(path, Token))!.Content.Span));

        async Task IncrementAsync(IBlobStore store)
        {
            for (var done = 0; done < 10;)
            {
                var blob = await store.ReadAsync(path, Token);
                var next = BitConverter.GetBytes(BitConverter.ToInt32(blob!.Content.Span) + 1);
                done += await store.WriteAsync(path, next, WriteCondition.IfMatch(blob.ETag), Token) is null ? 0 : 1;
            }
        }
    }

    [Fact]
    public async Task Delete_LastBlobOfAJob_LeavesNoFolder()
    {
        var path = new BlobPath(Containers.Uploads, "job/a.txt");
        await Store.WriteAsync(path, "x"u8.ToArray(), cancellationToken: Token);

        await Store.DeleteAsync(path, Token);

        Assert.False(Directory.Exists(Path.Combine(_root, Containers.Uploads, "job")));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
