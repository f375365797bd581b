using Microsoft.Playwright;
using Multimodal.Testing;

namespace Multimodal.Browser.Tests.Fixtures;

/// <summary>
/// One Chromium for all tests, that of the system: Playwright's own browsers are downloads. Where there is none the tests skip, unless
/// <see cref="Requirements.Variable"/> names <c>browser</c>.
/// </summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _started = new(StartAsync);

    /// <summary>A window of its own for a test: nothing of another test's session is in it.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions options)
    {
        Requirements.Need("browser", FindChromium() is not null, "install Chromium, for Debian: apt-get install chromium.");
        return await (await _started.Value).Browser.NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (_started is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            var (playwright, browser) = await _started.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        // A machine that is busy with other tests is slow, not wrong.
        Assertions.SetDefaultExpectTimeout(60_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = FindChromium(),

            // A container's root has no sandbox; the microphone is one that beeps.
            Args =
            [
                "--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb", "--font-render-hinting=none",
                "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
            ],
        });
        return (playwright, browser);
    }

    private static string? FindChromium()
    {
        var candidates =
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            from name in Names
            select Path.Combine(folder, OperatingSystem.IsWindows() ? $"{name}.exe" : name);
        return candidates.FirstOrDefault(File.Exists);
    }
}
