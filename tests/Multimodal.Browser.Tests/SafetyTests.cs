using System.Net;
using System.Text;
using Microsoft.Playwright;
using Multimodal.Browser.Tests.Fixtures;

namespace Multimodal.Browser.Tests;

public sealed class SafetyTests(BrowserFixture browser)
{
    private const string Markup = "<img src=x onerror=alert(1)>";

    [Fact]
    public async Task Page_NamesAndTextsThatAreMarkup_StayText()
    {
        await using var session = await PageSession.OpenAsync(browser);

        await session.DropAsync(
            ($"{Markup}.png", "image/png", PageSession.Sample("three-picture-only", "picture.png")),
            ("<script>alert(2)<&script>.txt", "text/plain", Encoding.UTF8.GetBytes("<b>three</b><script>alert(3)</script>")),
            ("\"><svg onload=alert(4)>.bin", "", [1, 2, 3]));
        await Assertions.Expect(session.Page.Locator(".files")).ToContainTextAsync($"{Markup}.png");
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).ClickAsync();
        await Assertions.Expect(session.Verdict).ToBeVisibleAsync();
        await session.SettleAsync();

        await Assertions.Expect(session.Page.Locator(".input h3").GetByText($"{Markup}.png")).ToBeVisibleAsync();
        await Assertions.Expect(session.Page.Locator(".job-names")).ToContainTextAsync(Markup);
        await Assertions.Expect(session.Page.GetByRole(AriaRole.Region, new() { Name = "Left out" })).ToContainTextAsync("<svg onload=alert(4)>.bin");

        // The pictures of the page are those that it made itself.
        Assert.Empty(await session.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('img, script, iframe, object, embed')].map((e) => e.src).filter((src) => !/^(blob:|.*\\/page\\/app\\.js$)/.test(src))"));
        await session.ShootAsync("inert");
    }

    [Fact]
    public async Task Page_ScriptFromElsewhereOrInline_IsStoppedByThePolicy()
    {
        await using var session = await PageSession.OpenAsync(browser);
        session.Expect("Content Security Policy");
        session.Expect("Trusted");

        var ran = await session.Page.EvaluateAsync<bool>(
            """
            () => {
              const script = document.createElement("script");
              try { script.textContent = "window.ran = true"; } catch { /* refused as a type already */ }
              document.body.append(script);
              const button = document.createElement("button");
              try { button.setAttribute("onclick", "window.ran = true"); } catch { /* likewise */ }
              document.body.append(button);
              button.click();
              return window.ran === true;
            }
            """);

        Assert.False(ran);
        await Assert.ThrowsAsync<PlaywrightException>(() => session.Page.EvaluateAsync("() => { document.body.innerHTML = '<p>x</p>'; }"));
    }

    [Fact]
    public async Task Page_ServiceWithAKey_AsksForItAndKeepsItForTheTab()
    {
        const string Key = "a-key-of-some-length";
        await using var session = await PageSession.OpenAsync(browser, apiKey: Key);
        session.Expect("401");

        var dialog = session.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("API key").FillAsync("not the key");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("The key was not the right one.");
        await dialog.GetByLabel("API key").FillAsync(Key);
        await session.ShootAsync("key");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await session.SubmitSampleAsync("three picture only");
        await session.Page.ReloadAsync();

        await Assertions.Expect(session.Verdict).ToHaveTextAsync("digit3");
        Assert.Empty(await session.Page.EvaluateAsync<string[]>("() => Object.keys(localStorage)"));
    }

    [Fact]
    public async Task Upload_FetchedByAddress_IsADownloadThatRunsNothing()
    {
        await using var service = await Service.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(service.Address) };
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Encoding.UTF8.GetBytes("<script>alert(1)</script> two")), "file", "page.html" },
            { new StringContent("mine"), "jobId" },
        };
        await client.PostAsync(new Uri("/api/jobs", UriKind.Relative), form, TestContext.Current.CancellationToken);

        using var answer = await client.GetAsync(new Uri("/api/jobs/mine/inputs/page.html", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Contains("nosniff", answer.Headers.GetValues("X-Content-Type-Options"));
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }
}
