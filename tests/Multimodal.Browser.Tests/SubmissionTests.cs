using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Multimodal.Browser.Tests.Fixtures;
using Multimodal.Local.Repository;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.HuggingFace;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Browser.Tests;

public sealed class SubmissionTests(BrowserFixture browser)
{
    [Fact]
    public async Task Page_SampleJob_ShowsTheConflictWithAllItsGraphics()
    {
        await using var session = await PageSession.OpenAsync(browser);
        await session.ShootAsync("new-job");

        await session.SubmitSampleAsync("one text disagrees");
        await session.SettleAsync();

        var page = session.Page;
        await Assertions.Expect(session.Verdict).ToHaveTextAsync("digit1");
        await Assertions.Expect(page.Locator(".agreement")).ToContainTextAsync("The image and the audio say 1; the text says 7.");
        await Assertions.Expect(page.Locator(".hero")).ToHaveAttributeAsync("data-standing", "conflict");
        await Assertions.Expect(page.Locator(".bridge-row")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator(".bridge-row[data-modality=text]")).ToHaveAttributeAsync("data-sign", "minus");
        await Assertions.Expect(page.Locator(".scores tbody tr")).ToHaveCountAsync(10);
        await Assertions.Expect(page.Locator(".waterfall li")).ToHaveCountAsync(8);
        await AssertTicksAsync(page);
        await Assertions.Expect(page.Locator("canvas.picture")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("canvas.spectrogram")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("svg.wave")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".token")).ToHaveCountAsync("they gave me number 7".Length);
        await Assertions.Expect(page.Locator("img.original")).ToHaveJSPropertyAsync("naturalWidth", 100);
        await session.ShootAsync("job-conflict");
    }

    [Fact]
    public async Task Page_ZeroShotAndDecision_TakesLabelsAndShowsWhatWasDecided()
    {
        var models = Directory.CreateTempSubdirectory("multimodal-test-").FullName;
        try
        {
            await using (var services = RepositoryServices.Compose())
            {
                await services.GetRequiredService<FolderImporter>().ImportAsync(
                    new ImportRequest(SmallModels.FolderOf("clip")), models, TestContext.Current.CancellationToken);
            }

            var folder = new ModelRepository(models).Load("clip");
            DerivedPipeline.Write(
                folder,
                folder.Definition with
                {
                    Tasks =
                    [
                        new ZeroShotDefinition { Name = "label", Templates = ["a photo of a {}."] },
                        new DecisionDefinition
                        {
                            Name = "route",
                            Of = "label",
                            Rules = [new DecisionRule { If = new DecisionConditions { ConfidenceBelow = 1 }, Then = DecisionKind.Review }],
                            Otherwise = DecisionKind.Accept,
                        },
                    ],
                },
                new Dictionary<string, byte[]>(),
                models,
                replace: true);

            await using var session = await PageSession.OpenAsync(browser, models: models, pipeline: "clip");
            var page = session.Page;
            await session.DropAsync(("seven.png", "image/png", PageSession.Sample("seven-all-agree", "picture.png")));
            await Assertions.Expect(page.GetByLabel("Labels to choose from")).ToHaveJSPropertyAsync("required", true);
            await page.GetByLabel("Labels to choose from").FillAsync("a red house in the rain\n a fish \n\n<b>rain</b>");
            await page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).ClickAsync();

            await Assertions.Expect(session.Verdict).ToContainTextAsync("label");
            await Assertions.Expect(page.Locator(".scores tbody tr")).ToHaveCountAsync(3);
            await Assertions.Expect(page.Locator(".scores")).ToContainTextAsync("<b>rain</b>");
            await Assertions.Expect(page.Locator(".decision")).ToHaveAttributeAsync("data-decision", "review");
            await Assertions.Expect(page.Locator(".decision")).ToContainTextAsync("Rule 1 decided.");
            await session.ShootAsync("job-zero-shot");
        }
        finally
        {
            Directory.Delete(models, recursive: true);
        }
    }

    [Fact]
    public async Task Page_PipelineWithoutTasks_ShowsTheEmbedding()
    {
        var models = Directory.CreateTempSubdirectory("multimodal-test-").FullName;
        try
        {
            await using (var services = RepositoryServices.Compose())
            {
                await services.GetRequiredService<FolderImporter>().ImportAsync(
                    new ImportRequest(SmallModels.FolderOf("clip")), models, TestContext.Current.CancellationToken);
            }

            await using var session = await PageSession.OpenAsync(browser, models: models, pipeline: "clip");
            await session.DropAsync(
                ("seven.png", "image/png", PageSession.Sample("seven-all-agree", "picture.png")),
                ("seven.txt", "text/plain", PageSession.Sample("seven-all-agree", "note.txt")));
            await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).ClickAsync();

            await Assertions.Expect(session.Verdict).ToHaveTextAsync("size6");
            await Assertions.Expect(session.Page.Locator(".hero")).ToContainTextAsync("image 0.50, text 0.50");
            await Assertions.Expect(session.Page.Locator(".scores")).ToHaveCountAsync(0);
            await Assertions.Expect(session.Page.GetByRole(AriaRole.Button, new() { Name = "embeddings" })).ToBeVisibleAsync();
            await Assertions.Expect(session.Page.Locator("#jobs .job-item .tile").First).ToHaveTextAsync("✓");
            await session.SettleAsync();
            await session.ShootAsync("job-embedding");
        }
        finally
        {
            Directory.Delete(models, recursive: true);
        }
    }

    [Fact]
    public async Task Page_FilesDropped_AreOneJob()
    {
        await using var session = await PageSession.OpenAsync(browser);

        await session.DropAsync(
            ("seven.png", "image/png", PageSession.Sample("seven-all-agree", "picture.png")),
            ("seven.wav", "audio/wav", PageSession.Sample("seven-all-agree", "speech.wav")),
            ("seven.txt", "text/plain", PageSession.Sample("seven-all-agree", "note.txt")));
        await Assertions.Expect(session.Page.Locator(".file")).ToHaveCountAsync(3);
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).ClickAsync();

        await Assertions.Expect(session.Verdict).ToHaveTextAsync("digit7");
        await Assertions.Expect(session.Page.Locator(".agreement")).ToContainTextAsync("all say 7");
        await Assertions.Expect(session.Page.Locator("#jobs .job-item .tile").First).ToHaveTextAsync("7");
    }

    [Fact]
    public async Task Page_Form_TakesTextAndChosenFiles()
    {
        await using var session = await PageSession.OpenAsync(browser);

        await session.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("my lucky number is four");
        await session.Page.GetByLabel("Choose a recording").SetInputFilesAsync(
            new FilePayload { Name = "four.wav", MimeType = "audio/wav", Buffer = PageSession.Sample("nine-speech-only", "speech.wav") });
        await session.Page.GetByText("Options").ClickAsync();
        await session.Page.GetByLabel("Weight of the text").FillAsync("3");
        await session.Page.GetByLabel("Weight of the audio").FillAsync("0.5");
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).ClickAsync();

        await Assertions.Expect(session.Verdict).ToHaveTextAsync("digit4");
        await Assertions.Expect(session.Page.Locator(".hero")).ToContainTextAsync("text 0.86, audio 0.14");
        await Assertions.Expect(session.Page.Locator(".hero")).ToHaveAttributeAsync("data-standing", "conflict");
    }

    [Fact]
    public async Task Page_DrawnDigit_IsRead()
    {
        await using var session = await PageSession.OpenAsync(browser);
        await Assertions.Expect(session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" })).ToBeDisabledAsync();
        var sheet = (await session.Page.Locator("canvas.paper").BoundingBoxAsync())!;

        // A one: a single stroke from top to bottom.
        await session.Page.Mouse.MoveAsync(sheet.X + (sheet.Width * 0.52f), sheet.Y + (sheet.Height * 0.15f));
        await session.Page.Mouse.DownAsync();
        await session.Page.Mouse.MoveAsync(sheet.X + (sheet.Width * 0.48f), sheet.Y + (sheet.Height * 0.85f), new() { Steps = 12 });
        await session.Page.Mouse.UpAsync();
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).ClickAsync();

        await Assertions.Expect(session.Verdict).ToHaveTextAsync("digit1");
        await Assertions.Expect(session.Page.Locator(".agreement")).ToContainTextAsync("Only the image speaks");
        await session.SettleAsync();
        await session.ShootAsync("job-drawn");
    }

    [Fact]
    public async Task Page_RecordedSound_IsAWavFileOfTheJob()
    {
        await using var session = await PageSession.OpenAsync(browser);

        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Record", Exact = true }).ClickAsync();
        await session.Page.WaitForFunctionAsync("() => parseFloat(document.querySelector('.clock').textContent) >= 1.2");
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Assertions.Expect(session.Page.Locator(".file")).ToContainTextAsync("recording.wav");
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).ClickAsync();

        // Chromium's microphone beeps; what matters is that the service reads the sound.
        await Assertions.Expect(session.Verdict).ToBeVisibleAsync();
        await Assertions.Expect(session.Page.Locator(".input[data-modality=audio]")).ToContainTextAsync("audio/wav");
        await session.SettleAsync();
        await Assertions.Expect(session.Page.Locator("canvas.spectrogram")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_JobThatWaits_ShowsProgressThenTheResult()
    {
        await using var session = await PageSession.OpenAsync(browser);
        var folder = Directory.CreateDirectory(Path.Combine(session.Service.Root, "uploads", "waiting")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "job.json"), """{ "inputs": ["note.txt", "late.txt"] }""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "note.txt"), "it was number six", TestContext.Current.CancellationToken);

        // The list learns of it by itself; the job is opened from there.
        await session.Page.GetByRole(AriaRole.Link, new() { Name = "note.txt" }).ClickAsync();
        await Assertions.Expect(session.Page.GetByLabel("Progress")).ToContainTextAsync("Waiting for 1 of 2 inputs.");
        await Assertions.Expect(session.Page.Locator("#live")).ToHaveTextAsync("Waiting for 1 of 2 inputs.");
        await Assertions.Expect(session.Page.Locator(".steps [aria-current=step]")).ToHaveTextAsync("Collect");
        await Assertions.Expect(session.Page.Locator(".input[data-state=awaited]")).ToContainTextAsync("late.txt");
        await session.ShootAsync("job-waiting");

        await File.WriteAllTextAsync(Path.Combine(folder, "late.txt"), "six", TestContext.Current.CancellationToken);

        await Assertions.Expect(session.Verdict).ToHaveTextAsync("digit6");
        await Assertions.Expect(session.Page.GetByLabel("Progress")).ToHaveCountAsync(0);
        await Assertions.Expect(session.Page.Locator("#live")).ToContainTextAsync("Done: digit 6");
    }

    [Fact]
    public async Task Page_BadInputs_SaysWhatWasRefusedAndWhy()
    {
        await using var session = await PageSession.OpenAsync(browser);

        await session.DropAsync(
            ("broken.png", "image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]),
            ("empty.txt", "text/plain", []),
            ("note.txt", "text/plain", Encoding.UTF8.GetBytes("we need two of them")));
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).ClickAsync();

        await Assertions.Expect(session.Verdict).ToHaveTextAsync("digit2");
        var refused = session.Page.GetByRole(AriaRole.Region, new() { Name = "Left out" });
        await Assertions.Expect(refused).ToContainTextAsync("'broken.png'");
        await Assertions.Expect(refused).ToContainTextAsync("'empty.txt'");
        await Assertions.Expect(session.Page.Locator(".input[data-state=refused]")).ToHaveCountAsync(2);
        await Assertions.Expect(session.Page.Locator(".hero")).ToContainTextAsync("Something was left out");
        await session.SettleAsync();
        await session.ShootAsync("job-partial");
    }

    [Fact]
    public async Task Page_NothingUsable_ShowsTheFailure()
    {
        await using var session = await PageSession.OpenAsync(browser);

        await session.DropAsync(("empty.txt", "text/plain", []));
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).ClickAsync();

        await Assertions.Expect(session.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("No input of the job could be used");
        await Assertions.Expect(session.Page.Locator("#jobs .job-item")).ToHaveAttributeAsync("data-state", "failed");
        await session.ShootAsync("job-failed");
    }

    [Fact]
    public async Task Page_SubmissionThatIsRefused_ShowsTheProblemAndKeepsTheForm()
    {
        await using var session = await PageSession.OpenAsync(browser);
        session.Expect("400");

        await session.DropAsync(("job.json", "application/json", Encoding.UTF8.GetBytes("""{ "pipeline": "unheard-of" }""")), ("a.txt", "text/plain", "two"u8.ToArray()));
        await session.Page.GetByRole(AriaRole.Button, new() { Name = "Run the job" }).ClickAsync();

        await Assertions.Expect(session.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no such pipeline");
        await Assertions.Expect(session.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("bad-options");
        await Assertions.Expect(session.Page.Locator(".file")).ToHaveCountAsync(2);
        await session.ShootAsync("problem");
    }

    // The ticks of the time axis are as far apart as they say.
    private static async Task AssertTicksAsync(IPage page)
    {
        var ticks = await page.Locator(".ticks span").AllAsync();
        var figures = new List<(double Milliseconds, double Left)>();
        foreach (var tick in ticks)
        {
            var words = (await tick.TextContentAsync())!.Split(' ');
            var figure = double.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture);
            figures.Add((figure * (words[1] == "s" ? 1000 : 1), (await tick.BoundingBoxAsync())!.X));
        }

        Assert.InRange(figures.Count, 2, 8);
        var scale = (figures[1].Left - figures[0].Left) / figures[1].Milliseconds;
        Assert.All(figures, tick => Assert.Equal(figures[0].Left + (scale * tick.Milliseconds), tick.Left, 1.0));
    }
}
