using System.Text;
using System.Text.Json.Nodes;
using Multimodal.Local.Hub;
using Multimodal.Local.Repository;
using Multimodal.Pipeline.Models;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Local.Tests.Hub;

/// <summary>Pulls from a hub that is sometimes hostile.</summary>
public sealed class PullTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Models => Path.Combine(_folder, "models");

    private string Cache => Path.Combine(_folder, "cache");

    private string Pipeline => Path.Combine(Models, "small-clip");

    [Fact]
    public async Task Pull_Model_FetchesWhatIsNeededAndPinsIt()
    {
        await using var hub = await StartAsync();

        Assert.Equal(ExitCodes.Success, await PullAsync(hub));

        var folder = new ModelRepository(Models).Load("small-clip");
        Assert.Equal(new string('a', 12), folder.Definition.Version);
        var pinned = PullLock.Read(Path.Combine(Pipeline, PullLock.FileName));
        Assert.Equal((FakeHub.Repository, "main", hub.Commit), (pinned.Repository, pinned.Revision, pinned.Commit));
        Assert.Equal(
            ["config.json", "onnx/text_model.onnx", "onnx/vision_model.onnx", "preprocessor_config.json", "special_tokens_map.json", "tokenizer.json", "tokenizer_config.json"],
            pinned.Files.Select(file => file.Path));
        Assert.All(pinned.Files, file => Assert.Equal(Sha256(hub.Files[file.Path]), file.Sha256));
        Assert.DoesNotContain(hub.Requests, request => request.Path.Contains("quantized", StringComparison.Ordinal) || request.Path.EndsWith("merges.txt", StringComparison.Ordinal));
        var parent = Assert.Single(folder.Definition.Provenance!.Parents);
        Assert.Equal((FakeHub.Repository, hub.Commit), (parent.Name, parent.Version));
        Assert.Equal(pinned.Files.ToDictionary(file => file.Path, file => file.Sha256), parent.Files);
        Assert.Empty(Directory.EnumerateFiles(Cache, "*.part", SearchOption.AllDirectories));
        Assert.Equal(["small-clip"], Directory.GetFileSystemEntries(Models).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Pull_ModelWithExternalData_FetchesItToo()
    {
        await using var hub = await StartAsync("vit");

        Assert.Equal(ExitCodes.Success, await PullAsync(hub));

        Assert.Contains("onnx/model.onnx_data", new ModelRepository(Models).Load("small-clip").Definition.Files.Keys);
    }

    [Fact]
    public async Task Pull_ConnectionsBreak_GoesOnWhereTheyBrokeOff()
    {
        await using var hub = await StartAsync();
        hub.Cuts = 4;

        Assert.Equal(ExitCodes.Success, await PullAsync(hub));

        Assert.Contains(hub.Requests, request => request.Range.Length > 0);
        new ModelRepository(Models).Load("small-clip");
    }

    [Fact]
    public async Task Pull_ServerIgnoresRanges_BeginsAgain()
    {
        await using var hub = await StartAsync();
        (hub.Cuts, hub.IgnoresRanges) = (2, true);

        Assert.Equal(ExitCodes.Success, await PullAsync(hub));
    }

    [Fact]
    public async Task Pull_BrokenOffForGood_LeavesNothingInTheRepositoryAndIsGoneOnWithLater()
    {
        await using var hub = await StartAsync();
        hub.Cuts = int.MaxValue;
        var e = await Assert.ThrowsAsync<HubException>(() => PullAsync(hub));
        Assert.Contains("breaks off", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Models));
        Assert.NotEmpty(Directory.EnumerateFiles(Cache, "*.part", SearchOption.AllDirectories));
        hub.Cuts = 0;
        hub.Requests.Clear();

        Assert.Equal(ExitCodes.Success, await PullAsync(hub));

        Assert.Contains(hub.Requests, request => request.Range.Length > 0);
    }

    [Fact]
    public async Task Pull_PartOfAnotherVersion_IsNotGoneOnWith()
    {
        await using var hub = await StartAsync();
        var part = Path.Combine(Cache, "pulls", "somebody--small-clip", hub.Commit, "onnx", "text_model.onnx");
        Directory.CreateDirectory(Path.GetDirectoryName(part)!);
        await File.WriteAllBytesAsync(part + ".part", new byte[2000], Token);
        await File.WriteAllTextAsync(part + ".etag", "\"of-another-version\"", Token);

        Assert.Equal(ExitCodes.Success, await PullAsync(hub));
    }

    [Theory]
    [InlineData("onnx/vision_model.onnx", "SHA-256")]
    [InlineData("tokenizer.json", "git blob id")]
    public async Task Pull_HashIsNotTheDeclaredOne_IsRefusedAndNotKept(string file, string kind)
    {
        await using var hub = await StartAsync();
        hub.Lies.Add(file);

        var e = await Assert.ThrowsAsync<HubException>(() => PullAsync(hub));

        Assert.Contains(file, e.Message, StringComparison.Ordinal);
        Assert.Contains(kind, e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Models));
        Assert.DoesNotContain(Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories), path => Path.GetFileName(path).StartsWith(Path.GetFileName(file) + ".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pull_FileLongerThanDeclared_IsRefused()
    {
        await using var hub = await StartAsync();
        hub.Swollen.Add("config.json");

        Assert.Contains("longer", (await Assert.ThrowsAsync<HubException>(() => PullAsync(hub))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_Throttled_WaitsAndGoesOn()
    {
        await using var hub = await StartAsync();
        hub.Throttled = 3;

        Assert.Equal(ExitCodes.Success, await PullAsync(hub));
    }

    [Fact]
    public async Task Pull_ThrottledForGood_SaysSo()
    {
        await using var hub = await StartAsync();
        hub.Throttled = int.MaxValue;

        Assert.Contains("fewer requests", (await Assert.ThrowsAsync<HubException>(() => PullAsync(hub))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_PrivateModel_ShowsTheTokenToTheHubAlone()
    {
        await using var hub = await StartAsync();
        hub.IsPrivate = true;

        Assert.Contains(HubSettings.TokenVariable, (await Assert.ThrowsAsync<HubException>(() => PullAsync(hub))).Message, StringComparison.Ordinal);
        hub.Requests.Clear();
        Assert.Equal(ExitCodes.Success, await PullAsync(hub, token: FakeHub.Token));

        Assert.Contains(hub.Requests, request => request.Path.StartsWith("/blobs/", StringComparison.Ordinal));
        Assert.All(hub.Requests, request => Assert.Equal(!request.Path.StartsWith("/blobs/", StringComparison.Ordinal), request.Token));
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("file:///etc/passwd")]
    public async Task Pull_RedirectedOutOfHttp_IsRefused(string detour)
    {
        await using var hub = await StartAsync();
        hub.Detour = detour;

        Assert.Contains("redirects", (await Assert.ThrowsAsync<HubException>(() => PullAsync(hub))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../../evil.onnx")]
    [InlineData("/etc/evil")]
    [InlineData("onnx/../../x")]
    [InlineData("c:\\evil")]
    [InlineData("a//b")]
    public async Task Pull_NameThatLeavesItsFolder_IsRefusedBeforeAnythingIsFetched(string name)
    {
        await using var hub = await StartAsync();
        hub.Strangers.Add(name);

        Assert.Contains("would leave its folder", (await Assert.ThrowsAsync<HubException>(() => PullAsync(hub))).Message, StringComparison.Ordinal);
        Assert.Single(hub.Requests);
        Assert.False(Directory.Exists(Cache));
    }

    [Fact]
    public async Task Pull_BeyondALimit_IsRefusedBeforeAnythingIsFetched()
    {
        await using var hub = await StartAsync();

        Assert.Contains("at most", (await Assert.ThrowsAsync<HubException>(() => PullAsync(hub, limits: Limits with { MaximumFileBytes = 10_000 }))).Message, StringComparison.Ordinal);
        Assert.Contains("at most", (await Assert.ThrowsAsync<HubException>(() => PullAsync(hub, limits: Limits with { MaximumBytes = 10_000 }))).Message, StringComparison.Ordinal);
        Assert.Equal(2, hub.Requests.Count);
    }

    [Fact]
    public async Task Pull_NotThere_SaysWhatIsNot()
    {
        await using var hub = await StartAsync();

        var model = await Assert.ThrowsAsync<HubException>(() => PullAsync(hub, "hf:somebody/other"));
        var revision = await Assert.ThrowsAsync<HubException>(() => PullAsync(hub, $"hf:{FakeHub.Repository}@v9"));

        Assert.Contains("somebody/other", model.Message, StringComparison.Ordinal);
        Assert.Contains("no such revision", revision.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_AgainWithALock_FetchesNothingWhileIntactAndExactlyThatWhenLost()
    {
        await using var hub = await StartAsync();
        await PullAsync(hub);
        hub.Requests.Clear();

        Assert.Equal(ExitCodes.Success, await PullAsync(hub));
        Assert.Empty(hub.Requests);

        // What somebody added to the pipeline stays.
        var definition = Path.Combine(Pipeline, "pipeline.json");
        await File.WriteAllTextAsync(definition, (await File.ReadAllTextAsync(definition, Token)).Replace("Embeddings of", "Our embeddings of", StringComparison.Ordinal), Token);
        File.Delete(Path.Combine(Pipeline, "onnx", "vision_model.onnx"));
        Assert.Equal(ExitCodes.Success, await PullAsync(hub));

        Assert.StartsWith("Our", new ModelRepository(Models).Load("small-clip").Definition.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_HubChangedBehindTheLock_IsRefused()
    {
        await using var hub = await StartAsync();
        await PullAsync(hub);
        File.Delete(Path.Combine(Pipeline, "config.json"));
        File.Delete(Path.Combine(Pipeline, "tokenizer.json"));
        var changed = hub.Files["tokenizer.json"];
        hub.Files["tokenizer.json"] = [.. changed[..^1], (byte)' '];

        var e = await Assert.ThrowsAsync<HubException>(() => PullAsync(hub));

        Assert.Contains("pins", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Pipeline, "tokenizer.json")));
    }

    [Fact]
    public async Task Pull_Update_TakesTheNewCommit()
    {
        await using var hub = await StartAsync();
        await PullAsync(hub);
        hub.Commit = new string('b', 40);

        Assert.Equal(ExitCodes.Success, await PullAsync(hub, update: true));

        Assert.Equal(hub.Commit, PullLock.Read(Path.Combine(Pipeline, PullLock.FileName)).Commit);
        Assert.Equal(new string('b', 12), new ModelRepository(Models).Load("small-clip").Definition.Version);
    }

    [Fact]
    public async Task Pull_NameTakenByAnotherPipeline_IsRefused()
    {
        await using var hub = await StartAsync();
        Directory.CreateDirectory(Pipeline);

        await Assert.ThrowsAsync<PipelineException>(() => PullAsync(hub));
        Assert.Empty(hub.Requests);
    }

    [Theory]
    [InlineData("owner/name")]
    [InlineData("hf:name")]
    [InlineData("hf:owner/name/more")]
    [InlineData("hf:../x")]
    [InlineData("hf:owner/..")]
    [InlineData("hf:owner/na me")]
    [InlineData("hf:owner/name@")]
    [InlineData("hf:owner/name@a..b")]
    public void Parse_NoModel_IsRefused(string text) => Assert.Throws<UsageException>(() => HubSource.Parse(text));

    [Fact]
    public void Parse_Revision_IsKept() =>
        Assert.Equal(new HubSource("owner", "na.me_1", "refs/pr/1"), HubSource.Parse("hf:owner/na.me_1@refs/pr/1"));

    [Fact]
    public void ToString_Settings_HideTheToken() =>
        Assert.DoesNotContain(FakeHub.Token, new HubSettings(new Uri("https://hub.example"), FakeHub.Token).ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task Read_LockWithANameThatLeavesItsFolder_IsRefused()
    {
        await using var hub = await StartAsync();
        await PullAsync(hub);
        var file = Path.Combine(Pipeline, PullLock.FileName);
        var json = JsonNode.Parse(await File.ReadAllBytesAsync(file, Token))!;
        json["files"]![0]!["path"] = "../../evil";
        await File.WriteAllTextAsync(file, json.ToJsonString(), Encoding.UTF8, Token);

        await Assert.ThrowsAsync<UsageException>(() => PullAsync(hub));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static readonly HubLimits Limits = new() { Pause = TimeSpan.FromMilliseconds(5), Silence = TimeSpan.FromSeconds(20) };

    private async Task<FakeHub> StartAsync(string model = "clip") =>
        await FakeHub.StartAsync(SmallModels.Copy(model, Path.Combine(_folder, "source")));

    private Task<int> PullAsync(
        FakeHub hub, string source = "hf:" + FakeHub.Repository, string? token = null, bool update = false, HubLimits? limits = null) =>
        new PullSession(
            new PullSettings { Source = HubSource.Parse(source), Models = Directory.CreateDirectory(Models).FullName, Cache = Cache, Update = update },
            new HubSettings(hub.Address, token),
            limits ?? Limits).RunAsync(Token);

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content));
}
