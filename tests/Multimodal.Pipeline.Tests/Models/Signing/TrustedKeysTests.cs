using System.Security.Cryptography;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Signing;

namespace Multimodal.Pipeline.Tests.Models.Signing;

/// <summary>The folder of trusted keys, and the settings that name it.</summary>
public sealed class TrustedKeysTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_Folder_HasTheKeysByTheirIds()
    {
        using var key = SigningKey.Create();
        Write("a.pub.pem", key.ToPublicPem());
        Write("notes.txt", "none of ours");

        var read = Assert.Single(TrustedKeys.Read(_folder).Keys);

        Assert.Equal((key.Id, "a.pub.pem"), (read.Key, read.Value.Name));
        Assert.Equal(64, key.Id.Length);
    }

    [Fact]
    public void Read_PrivateKey_IsRefused()
    {
        using var key = SigningKey.Create();
        Write("a.pem", key.ToPrivatePem(null));

        Assert.Contains("is a private key", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.3.132.0.34")]
    [InlineData("1.3.132.0.10")]
    public void Read_KeyOfAnotherCurve_IsRefused(string curve)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromValue(curve));
        Write("a.pem", key.ExportSubjectPublicKeyInfoPem());

        Assert.Contains("not a public key of the curve P-256", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RsaKey_IsRefused()
    {
        using var key = RSA.Create(2048);
        Write("a.pem", key.ExportSubjectPublicKeyInfoPem());

        Assert.Contains("not a public key of the curve P-256", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")]
    public void Read_NoKey_IsRefused(string text)
    {
        Write("a.pem", text);

        Assert.Contains("not a public key of the curve P-256", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("141d")]
    [InlineData("key 141d413de4f79377dcecfad075a7ba6f109da80cd0155a89f7867e6de54198d4")]
    public void Read_RevocationThatIsNotUnderstood_IsRefused(string line)
    {
        Write(TrustedKeys.RevocationFile, $"# fine\n{line}\n");

        Assert.Contains($"{TrustedKeys.RevocationFile}, line 2", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a passphrase")]
    public void PrivateKey_WrittenAndRead_IsTheSame(string? passphrase)
    {
        using var key = SigningKey.Create();
        var pem = key.ToPrivatePem(passphrase);

        using var read = SigningKey.Read(pem, passphrase);

        Assert.Equal(key.Id, read.Id);
        Assert.Equal(passphrase is not null, SigningKey.IsEncrypted(pem));
    }

    [Fact]
    public void PrivateKey_WrongPassphraseOrPublicHalf_IsRefused()
    {
        using var key = SigningKey.Create();

        Assert.Throws<FormatException>(() => SigningKey.Read(key.ToPrivatePem("a passphrase"), "another"));
        Assert.Throws<FormatException>(() => SigningKey.Read(key.ToPrivatePem("a passphrase"), null));
        Assert.Throws<FormatException>(() => SigningKey.Read(key.ToPublicPem(), null));
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<FormatException>(() => SigningKey.Read(p384.ExportPkcs8PrivateKeyPem(), null));
    }

    [Theory]
    [InlineData("", "REQUIRE", "no key is known")]
    [InlineData("absent", "none", "which is no folder")]
    [InlineData("", "always", "must be none or require")]
    public void Parse_SettingThatCannotBeUsed_IsRefusedByName(string folder, string policy, string message)
    {
        var refusal = Assert.Throws<FormatException>(() => ModelTrustOptions.Parse(folder, policy));

        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.StartsWith("Models:", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_RequireWithAFolderWithoutKeys_IsRefused() =>
        Assert.Contains("no key is known", Assert.Throws<FormatException>(() => ModelTrustOptions.Parse(_folder, "require")).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_Nothing_TrustsHashesAlone() =>
        Assert.Equal(new ModelTrustOptions(), ModelTrustOptions.Parse(null, ""));

    private string Refusal() => Assert.Throws<PipelineException>(() => TrustedKeys.Read(_folder)).Message;

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
