using Microsoft.Playwright;
using Multimodal.Testing;

namespace Multimodal.Browser.Tests.Fixtures;

/// <summary>
/// The page in a browser. Whatever goes wrong behind the scenes fails the test when this ends: an error on the console, a script that
/// throws, a breach of the content security policy, a dialog that a script opened, a request to anywhere else.
/// </summary>
internal sealed class PageSession : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];
    private readonly List<string> _expected = [];

    private PageSession(Service service, IBrowserContext context, IPage page)
    {
        Service = service;
        _context = context;
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"script: {error}");
        page.Dialog += async (_, dialog) =>
        {
            Note(true, $"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.Request += (_, request) => Note(
            !request.Url.StartsWith(service.Address, StringComparison.Ordinal)
            && !request.Url.StartsWith($"blob:{service.Address}", StringComparison.Ordinal)
            && !request.Url.StartsWith("data:", StringComparison.Ordinal),
            $"request: {request.Url}");
    }

    public Service Service { get; }

    public IPage Page { get; }

    /// <summary>What it says of the job that is shown.</summary>
    public ILocator Verdict => Page.Locator(".hero .label");

    public static async Task<PageSession> OpenAsync(
        BrowserFixture browser, string path = "/", BrowserNewContextOptions? options = null, string? apiKey = null, string? models = null, string pipeline = "digits")
    {
        var context = await browser.OpenAsync(options ?? Wide());
        var service = await Service.StartAsync(apiKey, models, pipeline);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        var session = new PageSession(service, context, page);
        await page.GotoAsync(service.Address + path);
        return session;
    }

    /// <summary>A window of a desktop.</summary>
    public static BrowserNewContextOptions Wide(ColorScheme scheme = ColorScheme.Light) => new()
    {
        ViewportSize = new ViewportSize { Width = 1320, Height = 900 },
        ColorScheme = scheme,
        Locale = "en-GB",
        Permissions = ["microphone"],
        AcceptDownloads = true,
    };

    /// <summary>The narrowest window that the page is made for.</summary>
    public static BrowserNewContextOptions Narrow(ColorScheme scheme = ColorScheme.Light) => new()
    {
        ViewportSize = new ViewportSize { Width = 360, Height = 740 },
        ColorScheme = scheme,
        Locale = "en-GB",
        HasTouch = true,
        IsMobile = true,
        DeviceScaleFactor = 2,
    };

    public static byte[] Sample(string job, string file) =>
        File.ReadAllBytes(Path.Combine(TestPaths.Models, "digits", "samples", job, file));

    /// <summary>Lets a fault pass that the test brings about: one whose text holds this.</summary>
    public void Expect(string text) => _expected.Add(text);

    public async Task SubmitSampleAsync(string words)
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = words }).ClickAsync();
        await Assertions.Expect(Verdict).ToBeVisibleAsync();
    }

    /// <summary>Drops files onto the page, as a person does from a folder.</summary>
    public async Task DropAsync(params (string Name, string Type, byte[] Content)[] files)
    {
        var transfer = await Page.EvaluateHandleAsync(
            """
            (files) => {
              const transfer = new DataTransfer();
              for (const { name, type, content } of files) {
                transfer.items.add(new File([Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))], name, { type }));
              }
              return transfer;
            }
            """,
            files.Select(file => new { name = file.Name, type = file.Type, content = Convert.ToBase64String(file.Content) }).ToArray());
        foreach (var step in (string[])["dragenter", "dragover", "drop"])
        {
            await Page.DispatchEventAsync("#drop", step, new { dataTransfer = transfer });
        }
    }

    /// <summary>Waits until every input of the job is drawn.</summary>
    public async Task SettleAsync()
    {
        await Page.WaitForFunctionAsync("() => [...document.querySelectorAll('.input[data-state=ready] .seen')].every((seen) => seen.childElementCount > 0)");
        await Page.WaitForFunctionAsync("() => [...document.images].every((image) => image.complete)");
    }

    /// <summary>Keeps a picture of the page beside the tests, to be looked at.</summary>
    public async Task ShootAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await Service.DisposeAsync();
        lock (_faults)
        {
            Assert.DoesNotContain(_faults, fault => !_expected.Exists(text => fault.Contains(text, StringComparison.Ordinal)));
        }
    }

    private void Note(bool isFault, string text)
    {
        if (isFault)
        {
            lock (_faults)
            {
                _faults.Add(text);
            }
        }
    }
}
