using System.Text.Json.Nodes;
using Multimodal.Local.Repository;
using Multimodal.Local.Tests.Run;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Signing;
using Multimodal.Testing;

namespace Multimodal.Local.Tests.Repository;

/// <summary>Keys, signatures and the policy as people call them.</summary>
public sealed class SigningCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private string Models => Path.Combine(_folder, "models");

    private string Key => Path.Combine(_folder, "keys", "ours.key.pem");

    private string Trusted => Path.Combine(_folder, "trusted");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task SignAndVerify_Pipeline_SaysHashesSignatureAndParity()
    {
        await MakeAsync();

        var verified = await MultimodalCommand.RunAsync("models", "verify", "digits", "--models", Models, "--trusted-keys", Trusted);
        var listed = await MultimodalCommand.RunAsync("models", "list", "--models", Models);

        Assert.Equal((ExitCodes.Success, ""), (verified.ExitCode, verified.Notes));
        Assert.Contains("13 intact", verified.Results, StringComparison.Ordinal);
        Assert.Contains("Signature: by ours.pub.pem", verified.Results, StringComparison.Ordinal);
        Assert.Contains("least cosine", verified.Results, StringComparison.Ordinal);
        Assert.Contains("by an unknown key", listed.Results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_UnsignedOrChanged_FailsWhereKeysAreGiven()
    {
        await MakeAsync(sign: false);
        var unsigned = await MultimodalCommand.RunAsync("models", "verify", "digits", "--models", Models, "--trusted-keys", Trusted);
        await MultimodalCommand.RunAsync("models", "sign", "digits", "--key", Key, "--models", Models);
        await File.AppendAllTextAsync(Path.Combine(Models, "digits", ModelRepository.DefinitionFile), " ", TestContext.Current.CancellationToken);
        var changed = await MultimodalCommand.RunAsync("models", "verify", "digits", "--models", Models, "--trusted-keys", Trusted);

        Assert.Equal(ExitCodes.PipelineUnusable, unsigned.ExitCode);
        Assert.Contains("is not signed", unsigned.Notes, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.PipelineUnusable, changed.ExitCode);
        Assert.Contains("changed afterwards", changed.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keygen_Files_AreTheOwnersAloneAndNeverOverwritten()
    {
        var made = await MultimodalCommand.RunAsync("models", "keygen", "--out", Path.GetDirectoryName(Key)!, "--name", "ours");
        var before = await File.ReadAllTextAsync(Key, TestContext.Current.CancellationToken);
        var again = await MultimodalCommand.RunAsync("models", "keygen", "--out", Path.GetDirectoryName(Key)!, "--name", "ours");
        var outside = await MultimodalCommand.RunAsync("models", "keygen", "--out", Path.GetDirectoryName(Key)!, "--name", "../ours");

        Assert.Equal(ExitCodes.Success, made.ExitCode);
        Assert.DoesNotContain("PRIVATE", made.Results + made.Notes, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Usage, ExitCodes.Usage), (again.ExitCode, outside.ExitCode));
        Assert.Equal(before, await File.ReadAllTextAsync(Key, TestContext.Current.CancellationToken));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
        }
    }

    [Fact]
    public async Task Sign_KeyThatOthersCanRead_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await MakeAsync(sign: false);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        }

        var refused = await MultimodalCommand.RunAsync("models", "sign", "digits", "--key", Key, "--models", Models);

        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains("chmod 600", refused.Notes, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Models, "digits", PipelineSignature.FileName)));
    }

    [Fact]
    public async Task Sign_EncryptedKeyWithoutItsPassphrase_IsRefused()
    {
        await MakeAsync(sign: false);
        using var key = SigningKey.Create();
        File.Delete(Key);
        SigningKeyFile.Write(Key, key.ToPrivatePem("a passphrase"));

        var refused = await MultimodalCommand.RunAsync("models", "sign", "digits", "--key", Key, "--models", Models);

        Assert.Equal(ExitCodes.Usage, refused.ExitCode);
        Assert.Contains("MULTIMODAL_KEY_PASSPHRASE", refused.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAndServe_PolicyRequire_TakeWhatIsSignedAlone()
    {
        await MakeAsync(sign: false);
        var sample = Path.Combine(TestPaths.Models, "digits", "samples", "seven-all-agree");
        Dictionary<string, string> policy = new() { ["Models__TrustedKeys"] = Trusted, ["Models__RequireSignature"] = "require" };

        var refused = await MultimodalCommand.RunAsync(policy, "run", sample, "--models", Models);
        var unserved = await MultimodalCommand.RunAsync(policy, "serve", "--port", "0", "--storage", $"file:{Path.Combine(_folder, "data")}", "--models", Models);
        await MultimodalCommand.RunAsync("models", "sign", "digits", "--key", Key, "--models", Models);
        var taken = await MultimodalCommand.RunAsync(policy, "run", sample, "--models", Models);
        var without = await MultimodalCommand.RunAsync(
            new Dictionary<string, string> { ["Models__RequireSignature"] = "require" }, "run", sample, "--models", Models);

        Assert.Equal((ExitCodes.PipelineUnusable, ExitCodes.PipelineUnusable), (refused.ExitCode, unserved.ExitCode));
        Assert.Contains("is not signed", refused.Notes, StringComparison.Ordinal);
        Assert.Contains("is not signed", unserved.Notes, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, taken.ExitCode);
        Assert.Equal(ExitCodes.Usage, without.ExitCode);
        Assert.Contains("Models:TrustedKeys", without.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_DefinitionThatSteersATerminal_IsShownHarmless()
    {
        await MakeAsync(sign: false);
        var path = Path.Combine(Models, "digits", ModelRepository.DefinitionFile);
        var definition = JsonNode.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken))!;
        definition["provenance"] = new JsonObject { ["versions"] = new JsonObject { ["\u001b]0;owned\u0007"] = "\u001b[2J1" } };
        await File.WriteAllTextAsync(path, definition.ToJsonString(), TestContext.Current.CancellationToken);

        var verified = await MultimodalCommand.RunAsync("models", "verify", "digits", "--models", Models);

        Assert.Equal(ExitCodes.Success, verified.ExitCode);
        Assert.Contains("owned", verified.Results, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', verified.Results);
    }

    private async Task MakeAsync(bool sign = true)
    {
        var digits = new ModelRepository(TestPaths.Models).Load("digits");
        foreach (var file in digits.Definition.Files.Keys.Append(ModelRepository.DefinitionFile))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Models, "digits", file))!);
            File.Copy(Path.Combine(digits.Path, file), Path.Combine(Models, "digits", file));
        }

        var made = await MultimodalCommand.RunAsync("models", "keygen", "--out", Path.GetDirectoryName(Key)!, "--name", "ours");
        Assert.Equal(ExitCodes.Success, made.ExitCode);
        Directory.CreateDirectory(Trusted);
        File.Copy(Path.ChangeExtension(Path.ChangeExtension(Key, null), ".pub.pem"), Path.Combine(Trusted, "ours.pub.pem"));
        if (sign)
        {
            Assert.Equal(ExitCodes.Success, (await MultimodalCommand.RunAsync("models", "sign", "digits", "--key", Key, "--models", Models)).ExitCode);
        }
    }
}
