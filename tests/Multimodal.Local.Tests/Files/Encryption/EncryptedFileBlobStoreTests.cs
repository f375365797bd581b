using CsCheck;
using Multimodal.Local.Files;
using Multimodal.Local.Files.Encryption;
using Multimodal.Orchestration.Encryption;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Encryption;
using Multimodal.Testing.Storage;

namespace Multimodal.Local.Tests.Files.Encryption;

public sealed class EncryptedFileBlobStoreTests : BlobStoreConformance, IDisposable
{
    private static readonly BlobPath Path = new(Containers.Uploads, "a-job/a.txt");
    private static readonly byte[] Secret = "the planted secret"u8.ToArray();
    private readonly string _root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;
    private readonly string _keyFile;

    public EncryptedFileBlobStoreTests()
    {
        _keyFile = System.IO.Path.Combine(_root, "keys", "keys.json");
        KeyFile.Extend(_keyFile, DateTimeOffset.UtcNow);
        Store = Open();
    }

    protected override IBlobStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_Content_LeavesNothingOfItInTheFile()
    {
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);

        Assert.Equal(-1, Bytes(Path).AsSpan().IndexOf(Secret.AsSpan()[..8]));
        Assert.Equal(Secret.Length, (await Store.FindAsync(Path, Token))!.Length);
    }

    [Fact]
    public async Task Write_SameContentTwice_IsEncryptedAnew()
    {
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);
        var first = Bytes(Path);
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);

        Assert.NotEqual(first[SealedHeader.Bytes..], Bytes(Path)[SealedHeader.Bytes..]);
    }

    [Theory]
    [InlineData(BlobSealer.RegionBytes - 1)]
    [InlineData(BlobSealer.RegionBytes)]
    [InlineData(BlobSealer.RegionBytes + 1)]
    [InlineData(3 * BlobSealer.RegionBytes)]
    public async Task Read_SeveralRegions_GivesWhatWasWritten(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);

        await Store.WriteAsync(Path, content, cancellationToken: Token);

        Assert.Equal(content, (await Store.ReadAsync(Path, Token))!.Content.ToArray());
        Assert.Equal(length, (await Store.FindAsync(Path, Token))!.Length);
    }

    [Fact]
    public async Task Read_AnyBitChanged_IsRefused()
    {
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);
        var whole = Bytes(Path);
        var used = SealedHeader.PeekBytes + 4 + SealedHeader.Read(Path, whole) switch { var header => header.KeyId.Length + header.WrappedKey.Length };

        // What is zero to the header's end stands for nothing.
        var bits = Gen.OneOf(Gen.Int[SealedHeader.Magic.Length, used - 1], Gen.Int[SealedHeader.Bytes, whole.Length - 1]).Select(Gen.Int[0, 7]);
        bits.Sample((at, bit) =>
        {
            byte[] changed = [.. whole];
            changed[at] ^= (byte)(1 << bit);
            File.WriteAllBytes(FileOf(Path), changed);
            var e = Assert.ThrowsAny<Exception>(() => Store.ReadAsync(Path, Token).AsTask().GetAwaiter().GetResult());
            Assert.True(e is BlobDamagedException or BlobKeyException, e.ToString());
        }, iter: 300, threads: 1);
    }

    [Fact]
    public async Task Read_CutOffOrLengthened_IsRefused()
    {
        await Store.WriteAsync(Path, new byte[(2 * BlobSealer.RegionBytes) + 5], cancellationToken: Token);
        var whole = Bytes(Path);
        int[] lengths = [8, 100, SealedHeader.Bytes, SealedHeader.Bytes + BlobSealer.RegionBytes + 16, whole.Length - 21, whole.Length - 1];

        foreach (var cut in lengths.Select(length => whole[..length]).Append([.. whole, 0]))
        {
            await File.WriteAllBytesAsync(FileOf(Path), cut, Token);
            await Assert.ThrowsAsync<BlobDamagedException>(async () => await Store.ReadAsync(Path, Token));
        }
    }

    [Fact]
    public async Task Read_BlobOfAnotherNameInItsPlace_IsRefused()
    {
        var other = new BlobPath(Containers.Uploads, "b-job/a.txt");
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);
        await Store.WriteAsync(other, Secret, cancellationToken: Token);

        File.Copy(FileOf(other), FileOf(Path), overwrite: true);

        Assert.Equal(Path, (await Assert.ThrowsAsync<BlobDamagedException>(async () => await Store.ReadAsync(Path, Token))).Path);
        Assert.Equal(Secret, (await Store.ReadAsync(other, Token))!.Content.ToArray());
    }

    [Fact]
    public async Task Read_PlainFileBesideEncryptedOnes_IsRead()
    {
        await new FileBlobStore(_root).WriteAsync(Path, Secret, cancellationToken: Token);

        Assert.Equal(Secret, (await Store.ReadAsync(Path, Token))!.Content.ToArray());
        Assert.Equal((true, null), await ((IEncryptedBlobs)Store).FindKeyAsync(Path, Token));
    }

    [Fact]
    public async Task Read_KeyMissing_NamesItAndLeavesTheFile()
    {
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);
        var (before, id) = (Bytes(Path), KeyFile.Read(_keyFile).Current);
        var other = System.IO.Path.Combine(_root, "keys", "other.json");
        KeyFile.Extend(other, DateTimeOffset.UtcNow);

        var missing = await Assert.ThrowsAsync<BlobKeyException>(async () => await Open(other).ReadAsync(Path, Token));
        var none = await Assert.ThrowsAsync<BlobKeyException>(async () => await new FileBlobStore(_root).ReadAsync(Path, Token));

        Assert.All([missing, none], e => Assert.Equal(id, e.KeyId));
        Assert.Contains(other, missing.Message, StringComparison.Ordinal);
        Assert.Contains("Encryption:KeyFile", none.Message, StringComparison.Ordinal);
        Assert.Equal(before, Bytes(Path));
    }

    [Fact]
    public async Task Read_OtherKeyUnderTheSameId_IsAKeysFaultAndNoDamage()
    {
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);
        var file = KeyFile.Read(_keyFile);
        var other = System.IO.Path.Combine(_root, "keys", "other.json");
        KeyFile.Extend(other, DateTimeOffset.UtcNow);
        await File.WriteAllTextAsync(other, (await File.ReadAllTextAsync(other, Token)).Replace(KeyFile.Read(other).Current, file.Current, StringComparison.Ordinal), Token);

        var e = await Assert.ThrowsAsync<BlobKeyException>(async () => await Open(other).ReadAsync(Path, Token));

        Assert.Equal(file.Current, e.KeyId);
    }

    [Fact]
    public async Task Rotate_NewKey_KeepsVersionsAndNeedsTheOldKeyNoMore()
    {
        var record = new BlobPath(Containers.Jobs, "a-job.json");
        var plain = new BlobPath(Containers.Results, "a-job/result.json");
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);
        await Store.WriteAsync(record, Secret, cancellationToken: Token);
        await new FileBlobStore(_root).WriteAsync(plain, Secret, cancellationToken: Token);
        await new FileBlobStore(_root).WriteAsync(new BlobPath(Containers.Uploads, "a-job/plain.txt"), Secret, cancellationToken: Token);
        var before = await Store.FindAsync(Path, Token);
        var old = KeyFile.Read(_keyFile).Current;
        var current = KeyFile.Extend(_keyFile, DateTimeOffset.UtcNow);
        var store = Open();

        Assert.Equal(Secret, (await store.ReadAsync(Path, Token))!.Content.ToArray());
        var report = await new KeyRotation(store, store).RunAsync(Token);
        var again = await new KeyRotation(store, store).RunAsync(Token);
        var uses = await new KeyRotation(store, store).CountAsync(Token);

        Assert.Equal(new KeyRotationReport(Rewrapped: 2, Encrypted: 1, Left: 1, Unreadable: 0), report);
        Assert.Equal(new KeyRotationReport(0, 0, Left: 4, 0), again);
        Assert.Equal(before, await store.FindAsync(Path, Token));
        Assert.Equal(
            [(Containers.Uploads, null, 1), (Containers.Uploads, current, 1), (Containers.Jobs, current, 1), (Containers.Results, current, 1)],
            uses.Select(use => (use.Container, use.KeyId, use.Blobs)));

        // Without the old key.
        var newest = System.IO.Path.Combine(_root, "keys", "newest.json");
        var text = await File.ReadAllTextAsync(_keyFile, Token);
        var file = KeyFile.Read(_keyFile);
        await File.WriteAllTextAsync(newest, System.Text.Json.JsonSerializer.Serialize(
            new { current, keys = file.Keys.Where(key => key.Id == current).Select(key => new { id = key.Id, created = key.Created, key = key.Key }) }), Token);
        Assert.DoesNotContain(old, await File.ReadAllTextAsync(newest, Token), StringComparison.Ordinal);
        Assert.Contains(old, text, StringComparison.Ordinal);
        foreach (var path in new[] { Path, record, plain })
        {
            Assert.Equal(Secret, (await Open(newest).ReadAsync(path, Token))!.Content.ToArray());
        }
    }

    [Fact]
    public async Task Rotate_KeyMissing_IsCountedAndLeft()
    {
        await Store.WriteAsync(Path, Secret, cancellationToken: Token);
        var before = Bytes(Path);
        var other = System.IO.Path.Combine(_root, "keys", "other.json");
        KeyFile.Extend(other, DateTimeOffset.UtcNow);
        var store = Open(other);

        var report = await new KeyRotation(store, store).RunAsync(Token);

        Assert.Equal(new KeyRotationReport(0, 0, 0, Unreadable: 1), report);
        Assert.Equal(before, Bytes(Path));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private FileBlobStore Open(string? keyFile = null) => new(_root, BlobKeys.Open(new EncryptionOptions { KeyFile = keyFile ?? _keyFile }));

    private string FileOf(BlobPath path) => System.IO.Path.Combine(_root, path.Container, path.Name);

    private byte[] Bytes(BlobPath path) => File.ReadAllBytes(FileOf(path));
}
