using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Signing;
using Multimodal.Testing;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Pipeline.Tests.Models.Signing;

/// <summary>Signing pipelines, and what hosts make of signatures that are right, absent, forged, of strangers and revoked.</summary>
public sealed class PipelineSignatureTests : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private readonly TextPipeline _pipeline = new();
    private readonly string _keys = Directory.CreateTempSubdirectory("multimodal-test-").FullName;
    private readonly SigningKey _key = SigningKey.Create();

    private string Folder => Path.Combine(_pipeline.Root, TextPipeline.Name);

    private string Signature => Path.Combine(Folder, PipelineSignature.FileName);

    private ModelRepository Strict => Repository(SignaturePolicy.Require);

    public void Dispose()
    {
        _pipeline.Dispose();
        _key.Dispose();
        Directory.Delete(_keys, recursive: true);
    }

    [Fact]
    public void Load_SignedByATrustedKey_IsTakenAndTellsWhoAndWhen()
    {
        Trust(_key, "us");
        Sign(_key);

        var loaded = Strict.Load(TextPipeline.Name);

        Assert.Equal(SignatureState.Trusted, loaded.Signature!.State);
        Assert.Equal((_key.Id, "us.pub.pem", Time), (loaded.Signature.Key!.Id, loaded.Signature.Key.Name, loaded.Signature.SignedAt));
    }

    [Fact]
    public void Load_Unsigned_IsRefusedWhereASignatureIsRequired()
    {
        Trust(_key);

        Assert.Contains($"{Folder} is not signed", Refusal(), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Unsigned, Repository(SignaturePolicy.None).Load(TextPipeline.Name).Signature!.State);
    }

    [Fact]
    public void Load_SignedByAStranger_IsRefusedAndTheKeyNamed()
    {
        using var stranger = SigningKey.Create();
        Trust(_key);
        Sign(stranger);

        Assert.Contains($"by the key {stranger.Id}, which is not among the trusted ones", Refusal(), StringComparison.Ordinal);
        Assert.Equal(SignatureState.Untrusted, Repository(SignaturePolicy.None).Load(TextPipeline.Name).Signature!.State);
    }

    [Fact]
    public void Load_DefinitionChangedAfterwards_IsRefused()
    {
        Trust(_key);
        Sign(_key);
        File.AppendAllText(Path.Combine(Folder, ModelRepository.DefinitionFile), " ");

        Assert.Contains($"not what the key {_key.Id} signed", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileChangedAfterwards_IsRefused()
    {
        Trust(_key);
        Sign(_key);
        File.WriteAllText(Path.Combine(Folder, "head.onnx"), "other");

        Assert.Contains("head.onnx has SHA-256", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_StrangerWhoNamesATrustedKey_IsRefused()
    {
        using var stranger = SigningKey.Create();
        Trust(_key);
        Sign(stranger);
        Change(envelope => envelope["signatures"]![0]!["keyid"] = _key.Id);

        Assert.Contains($"names the key {_key.Id}, which did not sign it", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TrustedSignatureThatNamesNobody_IsTaken()
    {
        Trust(_key);
        Sign(_key);
        Change(envelope => envelope["signatures"]![0]!.AsObject().Remove("keyid"));

        Assert.Equal(_key.Id, Strict.Load(TextPipeline.Name).Signature!.Key!.Id);
    }

    [Fact]
    public void Load_SignatureOfAnotherPipeline_IsRefused()
    {
        Trust(_key);
        Sign(_key);
        var other = File.ReadAllBytes(Signature);
        _pipeline.Write("2.0.0");
        File.WriteAllBytes(Signature, other);

        Assert.Contains("changed afterwards", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SignatureOfTheSameDigestForAnotherPurpose_IsRefused()
    {
        Trust(_key);
        Sign(_key);

        // What the key did sign, of the right type, but not as a statement about a pipeline.
        var statement = Encoding.UTF8.GetString(Payload()).Replace(PipelineSignature.PredicateType, "https://slsa.dev/provenance/v1", StringComparison.Ordinal);
        var payload = Encoding.UTF8.GetBytes(statement);
        Change(envelope =>
        {
            envelope["payload"] = Convert.ToBase64String(payload);
            envelope["signatures"]![0]!["sig"] = Convert.ToBase64String(_key.Sign(PipelineSignature.Encode(PipelineSignature.PayloadType, payload)));
        });

        Assert.Contains("no statement about a pipeline", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SignatureOverTheBareDefinition_IsRefused()
    {
        Trust(_key);
        Sign(_key);

        // A key that signs files as they are has not signed a pipeline.
        var bare = _key.Sign(File.ReadAllBytes(Path.Combine(Folder, ModelRepository.DefinitionFile)));
        Change(envelope => envelope["signatures"]![0]!["sig"] = Convert.ToBase64String(bare));

        Assert.Contains("which did not sign it", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SignaturePolicy.None)]
    [InlineData(SignaturePolicy.Require)]
    public void Load_RevokedKey_IsRefusedByEveryPolicy(SignaturePolicy policy)
    {
        Trust(_key);
        Sign(_key);
        Revoke($"# lost\n\n{_key.Id.ToUpperInvariant()} on a train\n");

        Assert.Contains($"by the key {_key.Id}, which is revoked", Refusal(policy), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_RevokedKeyThatIsNoLongerInTheFolder_IsRefused()
    {
        using var other = SigningKey.Create();
        Trust(other);
        Sign(_key);
        Revoke(_key.Id);

        Assert.Contains("which is revoked", Refusal(SignaturePolicy.None), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ModelRepository.DefinitionFile)]
    [InlineData("vocabulary.json")]
    public void Load_RevokedFile_IsRefusedByEveryPolicy(string file)
    {
        Trust(_key);
        Sign(_key);
        Revoke(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, file)))));

        Assert.Contains($"{file} is revoked", Refusal(SignaturePolicy.None), StringComparison.Ordinal);
        Assert.Contains($"{file} is revoked", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_KeyChanged_OneTrustedSignatureOfTwoIsEnough()
    {
        using var next = SigningKey.Create();
        Sign(_key);
        Sign(next);
        Trust(next, "next");
        Assert.Equal("next.pub.pem", Strict.Load(TextPipeline.Name).Signature!.Key!.Name);

        Trust(_key, "old");
        Revoke(_key.Id);
        Assert.Equal("next.pub.pem", Strict.Load(TextPipeline.Name).Signature!.Key!.Name);
    }

    [Fact]
    public void Sign_Again_ReplacesTheOwnSignatureAlone()
    {
        using var other = SigningKey.Create();
        Sign(_key);
        Sign(other);
        Sign(_key);

        Assert.Equal(2, JsonNode.Parse(File.ReadAllBytes(Signature))!["signatures"]!.AsArray().Count);
    }

    [Fact]
    public void Sign_AfterAChange_BeginsAnew()
    {
        using var other = SigningKey.Create();
        Sign(other);
        _pipeline.Write("2.0.0");
        Sign(_key);

        Assert.Equal(_key.Id, (string?)Assert.Single(JsonNode.Parse(File.ReadAllBytes(Signature))!["signatures"]!.AsArray())!["keyid"]);
    }

    [Fact]
    public void Sign_DefinitionThatChangedSinceItWasChecked_IsRefused()
    {
        var loaded = new ModelRepository(_pipeline.Root).Load(TextPipeline.Name);
        _pipeline.Write("2.0.0");

        Assert.Contains("was changed while", Assert.Throws<PipelineException>(() => PipelineSigner.Sign(loaded, _key, Time)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Signature));
    }

    [Fact]
    public void Judge_EnvelopeMadeByOpenSsl_IsTrusted()
    {
        var golden = Path.Combine(TestPaths.Repository, "tests", "Multimodal.Pipeline.Tests", "Golden", "signing");
        File.Copy(Path.Combine(golden, "openssl.pub.pem"), Path.Combine(_keys, "openssl.pub.pem"));
        File.Copy(Path.Combine(golden, "openssl.sig"), Signature);
        var definition = File.ReadAllBytes(Path.Combine(golden, "definition.json"));

        var verdict = new SignatureVerifier(Folder, TrustedKeys.Read(_keys)).Judge(definition);

        Assert.Equal((SignatureState.Trusted, "openssl.pub.pem", Time), (verdict.State, verdict.Key?.Name, verdict.SignedAt));
        definition[3] ^= 1;
        Assert.Equal(SignatureState.Wrong, new SignatureVerifier(Folder, TrustedKeys.Read(_keys)).Judge(definition).State);
    }

    [Fact]
    public void Judge_AnyByteOfTheSignatureChanged_IsNeverTrustedForAnotherDefinition()
    {
        Trust(_key);
        Sign(_key);
        var (sound, other) = (File.ReadAllBytes(Signature), Encoding.UTF8.GetBytes("{}"));
        var verifier = new SignatureVerifier(Folder, TrustedKeys.Read(_keys));

        Gen.Select(Gen.Int[0, sound.Length - 1], Gen.Byte).Sample(
            (at, value) =>
            {
                var damaged = sound.ToArray();
                damaged[at] = value;
                File.WriteAllBytes(Signature, damaged);
                return verifier.Judge(other).State != SignatureState.Trusted;
            },
            iter: 500,
            threads: 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"e30=\",\"signatures\":[null]}")]
    [InlineData("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"e30=\",\"signatures\":[]}")]
    [InlineData("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"!\",\"signatures\":[{\"sig\":\"\"}]}")]
    [InlineData("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"e30=\",\"signatures\":[{\"keyid\":null,\"sig\":\"\"}]}")]
    [InlineData("{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"e30=\",\"signatures\":[{\"sig\":\"AA==\"}]}")]
    [InlineData("{\"payloadType\":\"text/plain\",\"payload\":\"e30=\",\"signatures\":[{\"sig\":\"AA==\"}]}")]
    public void Load_MalformedSignature_IsRefused(string text)
    {
        Trust(_key);
        File.WriteAllText(Signature, text);

        Assert.Contains($"{Signature} is of no use", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_HugeSignature_IsRefusedUnread()
    {
        Trust(_key);
        using (var stream = File.Create(Signature))
        {
            stream.SetLength(1L << 40);
        }

        Assert.Contains("has 1099511627776 bytes", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_DerivedPipeline_NamesItsParentAndIsUnsigned()
    {
        Sign(_key);
        var basis = new ModelRepository(_pipeline.Root).Load(TextPipeline.Name);

        DerivedPipeline.Write(basis, basis.Definition with { Version = "1.1.0" }, new Dictionary<string, byte[]>(), _pipeline.Root, replace: true, "a test");

        var parent = Assert.Single(new ModelRepository(_pipeline.Root).Load(TextPipeline.Name).Definition.Provenance!.Parents);
        Assert.Equal((TextPipeline.Name, "1.0.0", basis.Digest, "a test"), (parent.Name, parent.Version, parent.Sha256, parent.Step));
        Assert.False(File.Exists(Signature));
    }

    private ModelRepository Repository(SignaturePolicy policy) =>
        new(_pipeline.Root, new ModelTrust(new ModelTrustOptions { TrustedKeys = _keys, Policy = policy }));

    private string Refusal(SignaturePolicy policy = SignaturePolicy.Require) =>
        Assert.Throws<PipelineException>(() => Repository(policy).Load(TextPipeline.Name)).Message;

    private void Sign(SigningKey key) => PipelineSigner.Sign(new ModelRepository(_pipeline.Root).Load(TextPipeline.Name), key, Time);

    private void Trust(SigningKey key, string name = "key") => File.WriteAllText(Path.Combine(_keys, $"{name}.pub.pem"), key.ToPublicPem());

    private void Revoke(string lines) => File.WriteAllText(Path.Combine(_keys, TrustedKeys.RevocationFile), lines);

    private byte[] Payload() => Convert.FromBase64String((string)JsonNode.Parse(File.ReadAllBytes(Signature))!["payload"]!);

    private void Change(Action<JsonNode> change)
    {
        var envelope = JsonNode.Parse(File.ReadAllBytes(Signature))!;
        change(envelope);
        File.WriteAllText(Signature, envelope.ToJsonString());
    }
}
