using System.Text;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Tests.Attacks;

/// <summary>Events that nobody's upload set off, with names that somebody chose: they write nothing but quarantine, and begin nothing.</summary>
public sealed class ForgedEventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names =>
    [
        "../jobs/a-job.json",
        "../../etc/passwd",
        "a-job/../other/a.txt",
        "a-job/../../jobs/other.json",
        "a-job/..",
        "a-job/.",
        "a-job/%2e%2e%2fother",
        "a-job/..\\other.txt",
        "/a-job/a.txt",
        "//a-job/a.txt",
        "C:\\a-job\\a.txt",
        "a-job/a\0.txt",
        "a-job/a\r\nX-Header: b.txt",
        "a-job/\u202etxt.exe",
        "a-job/sub/job.json",
        "..",
        ".",
        "/",
        "",
        "jobs/a-job.json/",
        "https://elsewhere.example/uploads/a-job/a.txt",
        "a-job/a.txt?sig=stolen",
        "a-job/" + new string('a', 100_000),
        new string('a', 100_000) + "/a.txt",
        string.Concat(Enumerable.Repeat("../", 30_000)),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task AnyEvent_OfAForgedName_WritesNothingButQuarantineAndStartsNothing(string name)
    {
        using var host = new JobHost();
        var events = host.Get<UploadEvents>();

        await events.OnUploadAsync(name, Token);
        await events.OnManifestAsync(name, Token);
        await events.OnPoisonAsync(name, "said by a stranger", Token);

        Assert.All(await host.ListAsync(), stored =>
        {
            Assert.StartsWith($"{Containers.Quarantine}/", stored, StringComparison.Ordinal);
            Assert.True(stored.Length < 1024, "no store takes such a name");
            Assert.DoesNotContain("..", stored.Split('/'));
        });
        Assert.Empty(host.Engine.Calls);
    }

    [Theory]
    [InlineData("other/a.txt")]
    [InlineData("other/job.json")]
    public async Task AnyEvent_OfAnUploadThatIsNotThere_BringsNothingToLife(string name)
    {
        using var host = new JobHost();
        var events = host.Get<UploadEvents>();

        await events.OnUploadAsync(name, Token);
        await events.OnManifestAsync(name, Token);
        await events.OnPoisonAsync(name, "said by a stranger", Token);

        Assert.Empty(await host.ListAsync());
        Assert.Empty(host.Engine.Calls);
    }

    [Fact]
    public async Task PoisonEvent_OfAnInputThatWasTakenIn_SpoilsNothing()
    {
        using var host = new JobHost();
        await host.ReceiveAsync("a.txt", "a");
        var before = await host.ReceiptAsync("a.txt");

        await host.Get<UploadEvents>().OnPoisonAsync($"{JobHost.Job}/a.txt", "said by a stranger", Token);

        var after = await host.ReceiptAsync("a.txt");
        Assert.Equal((InputState.Ready, before!.Input, null), (after!.State, after.Input, after.Error));
    }

    [Fact]
    public async Task PoisonEvent_Reason_IsStoredWithoutMarkup()
    {
        using var host = new JobHost();
        await host.UploadAsync($"{JobHost.Job}/a.txt", "a");

        await host.Get<UploadEvents>().OnPoisonAsync($"{JobHost.Job}/a.txt", "<script>alert(1)</script>", Token);

        Assert.Equal(InputState.Failed, (await host.ReceiptAsync("a.txt"))!.State);

        // As it is stored it is JSON whose markup is escaped, so that not even a browser that sniffs would run it.
        foreach (var path in await host.ListAsync())
        {
            var stored = await host.Blobs.ReadAsync(new BlobPath(path[..path.IndexOf('/')], path[(path.IndexOf('/') + 1)..]), Token);
            Assert.DoesNotContain("<script>", Encoding.UTF8.GetString(stored!.Content.Span), StringComparison.Ordinal);
        }
    }
}
