using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Blobs;
using Multimodal.Storage.Azure.Encryption;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;

namespace Multimodal.Storage.Azure.Tests.Encryption;

public sealed class VaultKeysTests(AzuriteFixture azurite)
{
    private static readonly BlobPath Path = new(Containers.Results, "a-job/result.json");
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(40);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetCurrent_ManyTimes_AsksTheVaultOnce()
    {
        using var vault = new FakeVault();
        using var keys = new VaultKeys(vault.CreateClient(), file: null);

        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => keys.GetCurrentAsync(Token).AsTask()));

        Assert.Single(made.Distinct());
        Assert.Equal(["GET /keys/blobs", "POST /keys/blobs/v1/wrapkey"], vault.Requests);
        Assert.Equal("https://vault.azure.net/.default", Assert.Single(vault.Scopes.Distinct()));
        Assert.Equal($"{FakeVault.Key}/v1", keys.NameOf(made[0].KeyId));
    }

    [Fact]
    public async Task Resolve_KeyOfAnotherProcess_AsksTheVaultOnce()
    {
        using var vault = new FakeVault();
        using var writer = new VaultKeys(vault.CreateClient(), file: null);
        var current = await writer.GetCurrentAsync(Token);
        var wrapped = current.WrapKey(BlobKeys.WrapAlgorithm, Secret, Token);
        using var reader = new VaultKeys(vault.CreateClient(), file: null);
        vault.Requests.Clear();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Secret, (await reader.ResolveAsync(current.KeyId, Token)).UnwrapKey(BlobKeys.WrapAlgorithm, wrapped, Token));
        }

        Assert.Equal(["POST /keys/blobs/v1/unwrapkey"], vault.Requests);
    }

    [Fact]
    public async Task GetCurrent_NextDayAfterARotation_IsOfTheNewVersionAndTheOldIsReadStill()
    {
        using var vault = new FakeVault();
        var time = new FakeTimeProvider();
        using var keys = new VaultKeys(vault.CreateClient(), file: null, time);
        var old = await keys.GetCurrentAsync(Token);
        var wrapped = old.WrapKey(BlobKeys.WrapAlgorithm, Secret, Token);
        vault.Rotate();
        time.Advance(TimeSpan.FromDays(1));

        var current = await keys.GetCurrentAsync(Token);

        Assert.Equal($"{FakeVault.Key}/v2", keys.NameOf(current.KeyId));
        using var other = new VaultKeys(vault.CreateClient(), file: null);
        Assert.Equal(Secret, (await other.ResolveAsync(old.KeyId, Token)).UnwrapKey(BlobKeys.WrapAlgorithm, wrapped, Token));
    }

    [Fact]
    public async Task Any_VaultRefuses_NamesKeyAndRole()
    {
        using var vault = new FakeVault { Refuses = true };
        using var keys = new VaultKeys(vault.CreateClient(), file: null);

        var writing = await Assert.ThrowsAsync<BlobKeyException>(async () => await keys.GetCurrentAsync(Token));
        var reading = await Assert.ThrowsAsync<BlobKeyException>(() => keys.ResolveAsync($"{FakeVault.Key}/v1#AAAA", Token));

        Assert.Equal(FakeVault.Key, writing.KeyId);
        Assert.Equal($"{FakeVault.Key}/v1", reading.KeyId);
        Assert.All([writing, reading], e => Assert.Contains("Key Vault Crypto User", e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://evil.example/keys/blobs/v1#AAAA")]
    [InlineData("http://a-vault.vault.azure.net/keys/blobs/v1#AAAA")]
    [InlineData("a-key-of-a-file")]
    public async Task Resolve_KeyOfElsewhere_IsNotAskedFor(string keyId)
    {
        using var vault = new FakeVault();
        using var keys = new VaultKeys(vault.CreateClient(), file: null);

        await Assert.ThrowsAsync<BlobKeyException>(() => keys.ResolveAsync(keyId, Token));

        Assert.Empty(vault.Requests);
        Assert.Empty(vault.Scopes);
    }

    [Fact]
    public async Task Resolve_KeyOfTheFileBesideTheVault_IsReadStill()
    {
        using var vault = new FakeVault();
        using var file = new TestKeys();
        using var keys = new VaultKeys(vault.CreateClient(), (KeyFileKeys)file.Open());

        Assert.Equal(file.Current, (await keys.ResolveAsync(file.Current, Token)).KeyId);
        Assert.StartsWith(FakeVault.Key, (await keys.GetCurrentAsync(Token)).KeyId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://a-vault.vault.azure.net/keys/blobs")]
    [InlineData("https://a-vault.vault.azure.net/secrets/blobs")]
    [InlineData("https://a-vault.vault.azure.net/")]
    public void Open_NoAddressOfAKey_SaysWhatOneIs(string key) =>
        Assert.Contains(
            "https://VAULT/keys/NAME",
            Assert.Throws<OptionsValidationException>(() => BlobKeys.Open(new EncryptionOptions { KeyVaultKey = new Uri(key) })).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Store_KeysOfAVault_IsReadByAnotherProcess()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        using var vault = new FakeVault();
        using var writer = new VaultKeys(vault.CreateClient(), file: null);
        using var reader = new VaultKeys(vault.CreateClient(), file: null);
        await new AzureBlobStore(storage.Clients.Blobs, writer).WriteAsync(Path, Secret, cancellationToken: Token);
        vault.Rotate();
        using var rotated = new VaultKeys(vault.CreateClient(), file: null);
        var store = new AzureBlobStore(storage.Clients.Blobs, rotated);

        Assert.Equal(Secret, (await new AzureBlobStore(storage.Clients.Blobs, reader).ReadAsync(Path, Token))!.Content.ToArray());
        Assert.True(await store.RewrapAsync(Path, Token));
        Assert.Equal((true, $"{FakeVault.Key}/v2"), await store.FindKeyAsync(Path, Token));
        Assert.Equal(Secret, (await store.ReadAsync(Path, Token))!.Content.ToArray());
    }
}
