using Microsoft.Playwright;
using Multimodal.Browser.Tests.Fixtures;

namespace Multimodal.Browser.Tests;

public sealed class JobListTests(BrowserFixture browser)
{
    [Fact]
    public async Task Jobs_Search_FindsByVerdictAndByName()
    {
        await using var session = await PageSession.OpenAsync(browser);
        foreach (var sample in (string[])["four text only", "two without text"])
        {
            await session.Page.GotoAsync(session.Service.Address + "/");
            await session.SubmitSampleAsync(sample);
        }

        var items = session.Page.Locator("#jobs .job-item");
        await Assertions.Expect(items).ToHaveCountAsync(2);
        await session.Page.GetByLabel("Search").FillAsync("verdict:4");
        await Assertions.Expect(items).ToHaveCountAsync(1);
        await Assertions.Expect(items).ToContainTextAsync("nachricht.txt");
        await Assertions.Expect(session.Page.Locator("#count")).ToHaveTextAsync("1 job");
        await session.Page.GetByLabel("Search").FillAsync("SPEECH");
        await Assertions.Expect(items).ToContainTextAsync("speech.wav");
        await session.Page.GetByLabel("Search").FillAsync("nowhere");
        await Assertions.Expect(items).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Job_Deleted_IsGoneFromListAndStore()
    {
        await using var session = await PageSession.OpenAsync(browser);
        session.Expect("410");
        await session.SubmitSampleAsync("four text only");
        var address = session.Page.Url;

        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).First.ClickAsync();
        await session.ShootAsync("delete");
        await session.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(session.Verdict).ToBeVisibleAsync();
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).First.ClickAsync();
        await session.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await Assertions.Expect(session.Page.GetByRole(AriaRole.Heading, new() { Name = "New job" })).ToBeVisibleAsync();
        await Assertions.Expect(session.Page.Locator("#jobs .job-item")).ToHaveCountAsync(0);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(session.Service.Root, "jobs"), "*", SearchOption.AllDirectories));
        await session.Page.GotoAsync(address);
        await Assertions.Expect(session.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("job-erased");
    }

    [Fact]
    public async Task Job_DeepLink_OpensAndUnknownOnesSaySo()
    {
        await using var session = await PageSession.OpenAsync(browser, "/#job/never-was");
        session.Expect("404");

        await Assertions.Expect(session.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("job-not-found");
        await session.Page.GetByRole(AriaRole.Link, new() { Name = "Multimodal" }).ClickAsync();
        await session.SubmitSampleAsync("three picture only");
        await session.Page.ReloadAsync();

        await Assertions.Expect(session.Verdict).ToHaveTextAsync("digit3");
    }

    [Fact]
    public async Task Job_RunAgain_ShowsTheNextRevision()
    {
        await using var session = await PageSession.OpenAsync(browser);
        await session.SubmitSampleAsync("three picture only");

        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run again" }).ClickAsync();

        await Assertions.Expect(session.Page.Locator(".head")).ToContainTextAsync("revision 2");
        await Assertions.Expect(session.Page.Locator(".waterfall").Locator("..")).ToContainTextAsync("Found from an earlier run: preprocess image");
    }

    [Fact]
    public async Task Job_Downloads_AreItsResultAndEmbeddings()
    {
        await using var session = await PageSession.OpenAsync(browser);
        await session.SubmitSampleAsync("three picture only");

        foreach (var (button, ending) in ((string, string)[])[("result.json", ".json"), ("embeddings", ".safetensors")])
        {
            var download = await session.Page.RunAndWaitForDownloadAsync(
                () => session.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync());
            Assert.EndsWith(ending, download.SuggestedFilename, StringComparison.Ordinal);
            Assert.True(new FileInfo(await download.PathAsync()).Length > 500);
        }
    }
}
