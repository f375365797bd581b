using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Storage.Azure.Tests.Encryption;

public sealed class KeyFileTests : IDisposable
{
    private readonly TestKeys _keys = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Extend_Twice_KeepsTheFirstKeyAndMakesTheSecondCurrent()
    {
        var first = Assert.Single(KeyFile.Read(_keys.Path).Keys);
        _keys.Extend();

        var file = KeyFile.Read(_keys.Path);
        Assert.Equal(2, file.Keys.Count);
        Assert.Equal(first.Key, file.Keys[0].Key);
        Assert.Equal(_keys.Current, file.Current);
        Assert.NotEqual(file.Keys[0].Key, file.Keys[1].Key);
        Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(_keys.Path)!));
    }

    [Fact]
    public void Extend_File_IsItsOwnersAlone()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_keys.Path));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{ "current": "a", "keys": [] }""")]
    [InlineData("""{ "current": "b", "keys": [ { "id": "a", "created": "2026-01-01T00:00:00Z", "key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" } ] }""")]
    [InlineData("""{ "current": "a", "keys": [ { "id": "a", "created": "2026-01-01T00:00:00Z", "key": "c2VjcmV0" } ] }""")]
    [InlineData("""{ "current": "a", "keys": [ { "id": "a", "created": "2026-01-01T00:00:00Z", "key": "no Base64: secret" } ] }""")]
    [InlineData("""{ "current": "a b", "keys": [ { "id": "a b", "created": "2026-01-01T00:00:00Z", "key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" } ] }""")]
    public void Read_NoKeyFile_SaysSoAndKeepsWhatItHolds(string content)
    {
        File.WriteAllText(_keys.Path, content);

        var e = Assert.Throws<OptionsValidationException>(() => KeyFile.Read(_keys.Path));

        Assert.Contains(_keys.Path, e.Message, StringComparison.Ordinal);
        Assert.Contains("backup", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ecret", e.ToString(), StringComparison.Ordinal);
        Assert.Throws<OptionsValidationException>(() => KeyFile.Extend(_keys.Path, DateTimeOffset.UtcNow));
        Assert.Equal(content, File.ReadAllText(_keys.Path));
    }

    [Fact]
    public void Open_FileAbsent_NamesItAndTheRemedy()
    {
        var e = Assert.Throws<OptionsValidationException>(() => BlobKeys.Open(new EncryptionOptions { KeyFile = "/nowhere/keys.json" }));

        Assert.Contains("/nowhere/keys.json", e.Message, StringComparison.Ordinal);
        Assert.Contains("multimodal keys new", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrap_Key_IsUnwrappedByTheSameKeyAlone()
    {
        var keys = _keys.Open();
        var key = RandomNumberGenerator.GetBytes(40);
        var current = await keys.GetCurrentAsync(Token);

        var wrapped = current.WrapKey(BlobKeys.WrapAlgorithm, key, Token);

        Assert.Equal(48, wrapped.Length);
        Assert.Equal(key, (await keys.ResolveAsync(current.KeyId, Token)).UnwrapKey(BlobKeys.WrapAlgorithm, wrapped, Token));
        wrapped[3] ^= 1;
        Assert.Equal(current.KeyId, Assert.Throws<BlobKeyException>(() => current.UnwrapKey(BlobKeys.WrapAlgorithm, wrapped, Token)).KeyId);
        Assert.Throws<BlobKeyException>(() => current.UnwrapKey("A256KW", wrapped, Token));
    }

    // RFC 5649, section 6: a key of 192 bits there, which shows that the platform's wrap is that of the RFC; ours has 256.
    [Fact]
    public void Platform_KeyWrapWithPadding_IsThatOfTheStandard()
    {
        using var aes = Aes.Create();
        aes.Key = Convert.FromHexString("5840df6e29b02af1ab493b705bf16ea1ae8338f4dcc176a8");

        Assert.Equal(
            Convert.FromHexString("138bdeaa9b8fa7fc61f97742e72248ee5ae6ae5360d1ae6a5f54f373fa543b6a"),
            aes.EncryptKeyWrapPadded(Convert.FromHexString("c37b7e6492584340bed12207808941155068f738")));
    }

    public void Dispose() => _keys.Dispose();
}
