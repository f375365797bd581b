using Microsoft.Playwright;
using Multimodal.Browser.Tests.Fixtures;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Browser.Tests;

public sealed class FindTests(BrowserFixture browser)
{
    [Fact]
    public async Task Find_TextAndFile_LeadToTheJob()
    {
        using var models = RetrievalModels.OfDigits();
        await using var session = await PageSession.OpenAsync(browser, models: models.Root);
        foreach (var (words, label) in ((string, string)[])[("seven", "digit7"), ("three", "digit3")])
        {
            await session.Page.GotoAsync(session.Service.Address + "/");
            await session.Page.GetByLabel("Text", new() { Exact = true }).FillAsync(words);
            await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).ClickAsync();
            await Assertions.Expect(session.Verdict).ToHaveTextAsync(label);
        }

        var similar = session.Page.GetByRole(AriaRole.Region, new() { Name = "Similar jobs", Exact = true });
        await Assertions.Expect(similar.Locator(".job-item")).ToHaveCountAsync(1);

        await session.Page.GetByLabel("Like this text").FillAsync("the number seven");
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();
        var found = session.Page.GetByRole(AriaRole.Region, new() { Name = "Find similar jobs" }).Locator(".job-item");
        await Assertions.Expect(found).ToHaveCountAsync(2);
        await Assertions.Expect(found.First.Locator(".tile")).ToHaveTextAsync("7");
        await session.ShootAsync("find-text");

        await session.Page.GetByLabel("A file to find similar jobs of").SetInputFilesAsync(new FilePayload
        {
            Name = "spoken.wav", MimeType = "audio/wav", Buffer = PageSession.Sample("seven-all-agree", "speech.wav"),
        });
        await Assertions.Expect(session.Page.GetByText("Like spoken.wav:")).ToBeVisibleAsync();
        await Assertions.Expect(found.First.Locator(".tile")).ToHaveTextAsync("7");
        await found.First.Locator("a").ClickAsync();
        await Assertions.Expect(session.Verdict).ToHaveTextAsync("digit7");
        Assert.Empty(await PageChecks.FindNamelessAsync(session.Page));
        Assert.Empty(await PageChecks.FindHeadingJumpsAsync(session.Page));
        Assert.Empty(await PageChecks.FindFaintTextAsync(session.Page));
        await session.ShootAsync("find-file");
    }

    [Fact]
    public async Task Find_PipelineThatKeepsNothing_IsNotOffered()
    {
        using var models = RetrievalModels.OfDigits(keeps: false);
        await using var session = await PageSession.OpenAsync(browser, models: models.Root);

        await Assertions.Expect(session.Page.GetByRole(AriaRole.Heading, new() { Name = "Jobs", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(session.Page.GetByLabel("Like this text")).ToHaveCountAsync(0);
    }
}
