using Microsoft.Playwright;
using Multimodal.Browser.Tests.Fixtures;

namespace Multimodal.Browser.Tests;

public sealed class AccessibilityTests(BrowserFixture browser)
{
    public static TheoryData<ColorScheme> Schemes => [ColorScheme.Light, ColorScheme.Dark];

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Page_EveryText_HasContrastInBothSchemes(ColorScheme scheme)
    {
        await using var session = await PageSession.OpenAsync(browser, options: PageSession.Wide(scheme));
        await Assertions.Expect(session.Page.Locator(".sample").First).ToBeVisibleAsync();
        Assert.Empty(await PageChecks.FindFaintTextAsync(session.Page));
        await session.ShootAsync($"new-job-{scheme}");

        await session.SubmitSampleAsync("one text disagrees");
        await session.SettleAsync();
        Assert.Empty(await PageChecks.FindFaintTextAsync(session.Page));
        await session.ShootAsync($"job-{scheme}");
    }

    [Fact]
    public async Task Page_EveryControl_HasANameAndEveryPictureWords()
    {
        await using var session = await PageSession.OpenAsync(browser);
        await Assertions.Expect(session.Page.Locator(".sample").First).ToBeVisibleAsync();
        Assert.Empty(await PageChecks.FindNamelessAsync(session.Page));

        await session.SubmitSampleAsync("one text disagrees");
        await session.SettleAsync();
        Assert.Empty(await PageChecks.FindNamelessAsync(session.Page));
        Assert.Empty(await PageChecks.FindHeadingJumpsAsync(session.Page));
    }

    [Fact]
    public async Task Page_Keyboard_ReachesEverythingInOrderAndIsSeenToDoSo()
    {
        await using var session = await PageSession.OpenAsync(browser);
        await Assertions.Expect(session.Page.Locator(".sample").First).ToBeVisibleAsync();
        await session.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("three");
        await session.Page.EvaluateAsync("() => { document.activeElement.blur(); getSelection().removeAllRanges(); }");
        await session.Page.Mouse.ClickAsync(700, 5);

        var stops = await PageChecks.TabThroughAsync(session.Page, 60);

        Assert.All(stops, stop => Assert.True(stop.IsSeen, $"The focus on '{stop.Name}' cannot be seen."));
        var names = stops.Select(stop => stop.Name).ToList();
        string[] expected = ["Choose a picture", "Record", "Choose a recording", "Text", "Choose a text file", "Options", "Run the job"];
        Assert.Equal(expected, names.Where(expected.Contains).Distinct());
    }

    [Fact]
    public async Task Page_Keyboard_SubmitsAJob()
    {
        await using var session = await PageSession.OpenAsync(browser);
        await session.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("three");

        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).FocusAsync();
        await session.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(session.Verdict).ToHaveTextAsync("digit3");
        await Assertions.Expect(session.Page.Locator("#live")).ToContainTextAsync("Done: digit 3");
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task Page_NarrowestWindow_NeedsNoScrollingSideways(ColorScheme scheme)
    {
        await using var session = await PageSession.OpenAsync(browser, options: PageSession.Narrow(scheme));
        await Assertions.Expect(session.Page.Locator(".sample").First).ToBeVisibleAsync();
        await session.DropAsync((new string('n', 120) + ".txt", "text/plain", "seven"u8.ToArray()));
        Assert.Empty(await PageChecks.FindOverflowAsync(session.Page));
        await session.ShootAsync($"new-job-narrow-{scheme}");

        await session.SubmitSampleAsync("one text disagrees");
        await session.SettleAsync();
        Assert.Empty(await PageChecks.FindOverflowAsync(session.Page));
        await session.ShootAsync($"job-narrow-{scheme}");
    }

    [Fact]
    public async Task Page_ReducedMotion_HasNone()
    {
        var options = PageSession.Wide();
        options.ReducedMotion = ReducedMotion.Reduce;
        await using var session = await PageSession.OpenAsync(browser, options: options);
        await Assertions.Expect(session.Page.Locator(".sample").First).ToBeVisibleAsync();

        Assert.Equal(0, await session.Page.EvaluateAsync<int>("() => document.getAnimations().length"));
    }
}
